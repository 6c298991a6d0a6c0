"""The programme says how pairs may work together; each pair takes that over as it stands, or makes it its own."""

import re
from html import unescape

import pytest
from pydantic import ValidationError

from pairs.domain.agreement import open_agreement
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.queries import get_pairing_for
from pairs.models import Agreement
from programmes.models import Programme
from templates_app.domain.responses import answers_of, save_draft
from templates_app.shapes import FieldShape
from tests.pairs.test_every_kit import pair_of
from tests.programmes.designing.conftest import fields_of

FOUR = {
    "frequency": "Once a month, for an hour",
    "topics": "The first weeks\nWhat to learn next",
    "outcomes": "A plan of one's own",
    "criteria": "Two milestones are reached",
}


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        yield pair


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", unescape(client.get(url).content.decode()))


def suggest(pair, client) -> None:
    """The coordinator writes the four into the handbook, question by question."""
    for key, words in FOUR.items():
        url = pair.url(f"programmes/e-mentoring/handbook/agreement-fields/item/{key}/")
        answer = client.get(url)
        assert answer.status_code == 200
        saved = client.post(url, fields_of(answer) | {"begins": words})
        assert saved.status_code == 302, saved.content.decode()


def rows(answers, key: str) -> list[str]:
    return [next(said for name, said in row.items() if name != "_id") for row in answers[key]]


@pytest.mark.covers("phase1.must.5", "phase1.arch.2.a")
def test_the_programme_suggests_all_four_and_each_pair_takes_them_over_or_changes_them(aspire, sign_in):
    suggest(aspire, sign_in(aspire.coordinator))
    handbook = Programme.objects.get(slug="e-mentoring").handbook
    stored = {one["key"]: one.get("begins", "") for one in handbook.content["agreement"]["fields"]}
    assert {key: stored[key] for key in FOUR} == FOUR, "the programme keeps all four"
    told = page(sign_in(aspire.mentee), aspire.url("guidance/e-mentoring/agreement/"))
    for words in ("Once a month, for an hour", "The first weeks", "What to learn next", "A plan of one's own"):
        assert words in told
    agreement = open_agreement(pairing=get_pairing_for(aspire.mentor, aspire.pairing.pk), actor=aspire.mentor)
    begun = answers_of(agreement.response)
    assert begun["frequency"] == "Once a month, for an hour"
    assert rows(begun, "topics") == ["The first weeks", "What to learn next"]
    assert rows(begun, "outcomes") == ["A plan of one's own"]
    assert rows(begun, "criteria") == ["Two milestones are reached"]
    owner = agreement_owner(aspire.mentee, aspire.pairing.pk)
    own = begun | {"frequency": "Every two weeks", "topics": begun["topics"][1:]}
    save_draft(
        response=owner.response, actor=aspire.mentee, answers=own, revision=owner.response.revision,
        context=owner.context,
    )  # fmt: skip
    kept = answers_of(Agreement.objects.get().response)
    assert (kept["frequency"], rows(kept, "topics")) == ("Every two weeks", ["What to learn next"])
    assert "Once a month, for an hour" in page(sign_in(aspire.mentor), aspire.url("guidance/e-mentoring/agreement/"))


def test_without_a_suggestion_nothing_stands_there(aspire):
    agreement = open_agreement(pairing=aspire.pairing, actor=aspire.mentor)
    assert not set(answers_of(agreement.response)) & set(FOUR)


@pytest.mark.parametrize(
    "field",
    [
        {"kind": "number"},
        {"kind": "choice", "options": [{"key": "a", "label": "A", "ours": True}]},
        {"kind": "table", "columns": [{"key": "n", "kind": "number", "label": "N", "ours": True}]},
    ],
)
def test_only_what_is_written_begins_with_something(field):
    with pytest.raises(ValidationError, match="begins with something"):
        FieldShape.model_validate({"key": "a", "label": "A", "ours": True, "begins": "1"} | field)
