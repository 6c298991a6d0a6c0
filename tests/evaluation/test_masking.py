"""Names taken out of words that coordinators read without them: in any case, and in scripts that set no spaces around them."""

import pytest

from evaluation.domain.coding.masking import parts_of, without_names

NAMED = ["Ana-Maria O’Neil", "Will Faʻasavalu", "山田太郎", "สมชาย ใจดี", "김민수", "José van der Berg", "Jo Li"]


def masked(words: str) -> str:
    return without_names(words, set(parts_of(NAMED)))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Ana-Maria O’Neil came, and ANA-MARIA too.", "[name] came, and [name] too."),
        ("ana and maria and o'neil", "[name] and [name] and [name]"),
        ("Ana’s plan, Anas plan, the Ana-like way", "[name]’s plan, [name]s plan, the [name]-like way"),
        ("Mail ana.maria.oneil@reef.example, or @AnaMaria2", "Mail [name]@reef.example, or @[name]2"),
        ("_Ana_ and JOSE, jose, José", "_[name]_ and [name], [name], [name]"),
        ("Faasavalu, fa’asavalu", "[name], [name]"),
        ("私は山田さんと話した。太郎は元気です", "私は[name]さんと話した。[name]は元気です"),
        ("我跟Ana聊", "我跟[name]聊"),
        ("ผมคุยกับสมชายเมื่อวาน", "ผมคุยกับ[name]เมื่อวาน"),
        ("민수는 좋다. 김민수가", "[name]는 좋다. [name]가"),
    ],
)
def test_a_name_is_taken_out_however_it_is_written(words, told):
    assert masked(words) == told


def test_what_is_no_name_stays():
    """“I [name] ask” would tell that somebody is called Will."""
    for words in ("I will ask van der Whoever", "banana, Mariana, Joseph", "so an idea: join us", "Ein li, zwei"):
        assert masked(words) == words
    assert masked("Will said so. WILL!") == "[name] said so. [name]!"
    assert masked("Jo and Li") == "[name] and [name]"


def test_a_name_of_signs_alone_masks_nothing():
    assert without_names("All of it", set(parts_of(["…", "- -"]))) == "All of it"
