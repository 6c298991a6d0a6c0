"""Each row is taken in, told to be in already, refused with a reason, or empty."""

import uuid

import pytest

from programmes.domain.importing.judging import Fate, Known, count_fates, judge_rows
from programmes.domain.importing.persons import Setting
from programmes.domain.importing.reading import read_table
from programmes.enums import Side

SPREP = uuid.uuid4()
SETTING = Setting(partners={"sprep": SPREP}, partner_names=("SPREP",), zone="Pacific/Apia")
MAPPING = {
    "Role": "role",
    "Name": "full_name",
    "Mail": "email",
    "Zone": "zone",
    "By": "partner",
    "Many": "capacity",
    "Boss": "supervisor_email",
    "Office": "employer",
    "Country": "country",
    "Likes": "profile.interests",
}


def judge(text, *, setting=SETTING, known=None, mapping=MAPPING):
    table = read_table(text.encode())
    return judge_rows(table.rows, table.headings, mapping, setting, known or Known({}))


def one(cells, head="Role,Name,Mail", **kwargs):
    return judge(f"{head}\n{cells}\n", **kwargs)[0]


def test_a_whole_row_becomes_a_person():
    verdict = one("Mentor,Teina Strickland,Teina@CK.example,pacific/rarotonga,sprep,2", "Role,Name,Mail,Zone,By,Many")
    person = verdict.person
    assert verdict.fate is Fate.ACCEPTED
    assert (person.side, person.email) == (Side.MENTOR, "teina@ck.example")
    assert person.facts["given_name"] == "Teina"
    assert person.facts["family_name"] == "Strickland"
    assert person.facts["zone"] == "Pacific/Rarotonga"
    assert person.facts["partner_id"] == SPREP
    assert person.facts["capacity"] == 2


def test_without_a_zone_the_cohort_lends_its_own():
    assert one("mentee,Mele,mele@to.example").person.facts["zone"] == "Pacific/Apia"


def test_a_dash_in_a_cell_that_may_be_empty_says_nothing():
    verdict = one("mentee,Mele,mele@to.example,-,n/a", "Role,Name,Mail,Office,By")
    assert verdict.person.facts["employer"] == ""
    assert verdict.person.facts["partner_id"] is None


@pytest.mark.parametrize(
    ("cells", "head", "words"),
    [
        ("mentor,Teina,not-an-address", "Role,Name,Mail", "no e-mail address"),
        ("mentor,Teina,", "Role,Name,Mail", "no e-mail address"),
        ("mentor,,t@x.example", "Role,Name,Mail", "no name"),
        (",Teina,t@x.example", "Role,Name,Mail", "no role"),
        ("boss,Teina,t@x.example", "Role,Name,Mail", "mentor or mentee"),
        ("mentor,Teina,t@x.example,ADB", "Role,Name,Mail,By", "The partners are: SPREP"),
        ("mentor,Teina,t@x.example,lots", "Role,Name,Mail,Many", "no number of mentees"),
        ("mentor,Teina,t@x.example,0", "Role,Name,Mail,Many", "no number of mentees"),
        ("mentor,Teina,t@x.example,999", "Role,Name,Mail,Many", "no number of mentees"),
        ("mentor,Teina,t@x.example,²", "Role,Name,Mail,Many", "no number of mentees"),
        ("mentor,Teina,t@x.example,nobody", "Role,Name,Mail,Boss", "no e-mail address"),
        ("mentor,Teina,t@x.example,Pacific/Samoa Time", "Role,Name,Mail,Zone", "Pacific/Apia"),
        ("mentor,Teina,t@x.example,Atlantis", "Role,Name,Mail,Zone", "no time zone"),
        (f"mentor,{'Teina ' * 30},t@x.example", "Role,Name,Mail", "longer than 120"),
    ],
)
def test_a_row_that_cannot_be_a_person_is_refused_with_what_to_put_right(cells, head, words):
    verdict = one(cells, head)
    assert verdict.fate is Fate.REJECTED
    assert words in verdict.reason
    assert verdict.person is None


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("place", ["Name", "Mail", "Office", "Country"])
def test_formulas_never_enter_names_addresses_or_places(sign, place):
    row = {"Role": "mentor", "Name": "Teina", "Mail": "t@x.example", "Office": "Works", "Country": "Tonga"}
    row[place] = f"{sign}cmd({row[place]})"
    verdict = one(",".join(f'"{cell}"' for cell in row.values()), ",".join(row))
    assert verdict.fate is Fate.REJECTED
    assert "formula" in verdict.reason


def test_a_formula_that_was_defused_with_a_quotation_mark_is_still_one():
    assert "formula" in one('"mentor","\'=HYPERLINK(1)",t@x.example').reason


def test_a_name_may_begin_with_an_apostrophe_or_a_glottal_stop():
    assert one("mentor,'Ofa Havea,o@x.example").fate is Fate.ACCEPTED
    assert one("mentor,ʻAna Moala,a@x.example").fate is Fate.ACCEPTED


def test_a_list_in_a_longer_answer_may_begin_with_a_dash_but_not_with_a_formula():
    head = "Role,Name,Mail,Likes"
    assert one("mentor,Teina,t@x.example,- reefs", head).fate is Fate.ACCEPTED
    assert one("mentor,Teina,t@x.example,=1+1", head).fate is Fate.REJECTED


def test_the_same_address_in_another_case_is_the_same_person():
    verdicts = judge("Role,Name,Mail\nmentee,Willie,willie@vu.example\nmentee,Willie,WILLIE@VU.EXAMPLE\n")
    assert [verdict.fate for verdict in verdicts] == [Fate.ACCEPTED, Fate.DUPLICATE]
    assert "line 2" in verdicts[1].reason


def test_who_is_in_the_cohort_is_told_to_be_and_how_far():
    known = Known({("willie@vu.example", "mentee"): "invited"})
    verdict = one("mentee,Willie,willie@vu.example", known=known)
    assert verdict.fate is Fate.DUPLICATE
    assert "invited" in verdict.reason


def test_one_person_is_mentor_and_mentee_only_where_the_handbook_allows_it():
    text = "Role,Name,Mail\nmentee,Willie,w@vu.example\nmentor,Willie,w@vu.example\n"
    assert [verdict.fate for verdict in judge(text)] == [Fate.ACCEPTED, Fate.REJECTED]
    both = judge(text, known=Known({}, both_roles=True))
    assert [verdict.fate for verdict in both] == [Fate.ACCEPTED, Fate.ACCEPTED]


def test_a_refused_row_does_not_take_the_address_from_the_one_put_right_below():
    verdicts = judge("Role,Name,Mail\nboss,Willie,w@vu.example\nmentee,Willie,w@vu.example\n")
    assert [verdict.fate for verdict in verdicts] == [Fate.REJECTED, Fate.ACCEPTED]


def test_a_blank_row_and_one_blank_where_it_matters_are_empty():
    text = "Role,Name,Mail,Shoes\nmentor,Teina,t@x.example,44\n,,,\n,,,43\nmentor,Mele,m@x.example,38\n"
    verdicts = judge(text)
    assert [(verdict.line, verdict.fate) for verdict in verdicts] == [
        (2, Fate.ACCEPTED),
        (3, Fate.EMPTY),
        (4, Fate.EMPTY),
        (5, Fate.ACCEPTED),
    ]
    assert count_fates(verdicts) == {"accepted": 2, "duplicate": 0, "rejected": 0, "empty": 2}


def test_a_row_with_more_cells_than_headings_is_refused_rather_than_shifted():
    verdict = one("mentor,Teina,t@x.example,surplus")
    assert verdict.fate is Fate.REJECTED
    assert "more cells" in verdict.reason


def test_everybody_may_be_given_one_role_where_no_column_says_it():
    setting = Setting(partners={}, zone="UTC", side=Side.MENTEE)
    assert one("Mele,m@x.example", "Name,Mail", setting=setting).person.side is Side.MENTEE


def test_a_name_of_one_word_and_a_name_in_another_script_are_names():
    assert one("mentor,Madonna,m@x.example").person.facts["given_name"] == "Madonna"
    person = one("mentor,山田 花子,y@x.example").person
    assert (person.facts["given_name"], person.facts["family_name"]) == ("山田", "花子")
