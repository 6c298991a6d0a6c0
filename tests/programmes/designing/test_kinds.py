"""Every kind of question: added by its page, published, filled in and sent by a participant, all without scripts."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.designing.asked import as_asked, marked
from programmes.domain.designing.kinds import CARD, new_field
from programmes.domain.designing.retyping import retyped, survival
from programmes.models import Sheet
from templates_app.answers import AnswerContext, check, map_answers
from templates_app.domain.responses import answers_of
from templates_app.shapes import FieldShape, Kind, Worksheet
from templates_app.shapes.belonging import misplaced_on
from tests.programmes.conftest import words
from tests.templates_app.paper_browser import Page
from tests.templates_app.pictures import png


@dataclass(frozen=True)
class Asked:
    """How a kind is set, what is typed into it, and what must come of it (rows without their names)."""

    typed: dict[str, Any]
    answer: Any
    settings: dict[str, Any] = field(default_factory=dict)


KINDS = {
    Kind.TEXT: Asked({"f-q": "Words"}, "Words", {"max_length": "50"}),
    Kind.LONGTEXT: Asked({"f-q": "Words\r\nand more"}, "Words\nand more", {"beside": ""}),
    Kind.EMAIL: Asked({"f-q": "ana@people.example"}, "ana@people.example"),
    Kind.URL: Asked({"f-q": "https://reef.example/"}, "https://reef.example/"),
    Kind.PHONE: Asked({"f-q": "+685 12345"}, "+685 12345"),
    Kind.NUMBER: Asked({"f-q": "7"}, 7, {"minimum": "1", "maximum": "10", "unit": "hours"}),
    Kind.DURATION: Asked({"f-q": "1:30"}, 90),
    Kind.DATE: Asked({"f-q": "2026-12-01"}, "2026-12-01", {"not_before": "day", "not_before_day": "2026-01-31"}),
    Kind.TIME: Asked({"f-q": "09:30"}, "09:30"),
    Kind.DATETIME: Asked({"f-q-date": "2026-12-01", "f-q-time": "09:30"}, ..., {"not_after": "cohort.end"}),
    Kind.CHOICE: Asked({"f-q": "two"}, "two", {"other": "on"}),
    Kind.CHOICES: Asked({"f-q": ["one", "two"]}, ["one", "two"]),
    Kind.RANKED: Asked({"f-q-one": "2", "f-q-two": "1"}, ["two", "one"]),
    Kind.PICTURE: Asked({"f-q": ["two"]}, ["two"], {"picture_words": "A wall"}),
    Kind.SCALE: Asked({"f-q": "na"}, "na", {"not_applicable": "on", "low_label": "low"}),
    Kind.MATRIX: Asked({"f-q-one": "1", "f-q-two": "5"}, {"one": 1, "two": 5}, {"dont_know": "on"}),
    Kind.CHECKLIST: Asked(
        {"f-q-one-done": "on", "f-q-one-note": "ready"},
        {"one": {"done": True, "note": "ready"}},
        {"items-0-note": "may"},
    ),
    Kind.TABLE: Asked({"f-q-0-one": "a", "f-q-0-two": "b"}, [{"one": "a", "two": "b"}], {"min_rows": "1"}),
    Kind.GROUP: Asked({"f-q-0-one": "a"}, [{"one": "a"}], {"max_rows": "4"}),
    Kind.GOAL: Asked({"f-q-0-one": "a"}, [{"one": "a"}], {"agreed_by": "mentor"}),
    Kind.ACTION: Asked({"f-q-0-one": "a"}, [{"one": "a"}], {"start_rows": "1"}),
    Kind.PERSON: Asked({"f-q": "sprep"}, "sprep", {"options_from": "partners"}),
    Kind.FILE: Asked({}, ..., {"accept": "txt"}),
    Kind.SIGNATURE: Asked({"f-q-name": "Mentee Reef", "f-q-agree": "on"}, ..., {"signer": "mentee"}),
    Kind.INITIALS: Asked({"f-q-name": "MR"}, ..., {"signer": "mentee"}),
    Kind.NOTE: Asked({}, None, {"text": "**Read** this."}),
    Kind.COMPUTED: Asked({}, None, {"compute": "count:choices"}),
}


def plain(value: Any) -> Any:
    """An answer without the names of its rows."""
    if isinstance(value, list):
        return [
            {key: part for key, part in row.items() if key != "_id"} if isinstance(row, dict) else row for row in value
        ]
    return value


def fill(client, company, key, typed, files) -> str:
    """Begin the sheet as the mentee, type, read it over and send it; returns the page that is read afterwards."""
    begun = client.post(company.url(f"place/{company.participants['mentee'].pk}/worksheets/{key}/begin/"))
    data = Page(words(client.get(begun.url))).post(**typed)
    sent = {name: values if len(values) > 1 else values[0] for name, values in data.lists()}
    answer = client.post(begun.url, sent | files | {"_do": "review"})
    assert answer.status_code == 302, words(answer)
    review = client.get(answer.url)
    return words(client.post(answer.url, Page(words(review)).post(), follow=True))


def test_the_table_of_kinds_is_whole():
    assert set(KINDS) == set(Kind)


@pytest.mark.django_db
def test_every_kind_is_added_by_its_page_and_then_filled_in_and_sent(designer, company, sign_in):
    designer.begin()
    designer.facts(belongs="person", preset="private")
    for kind, asked in KINDS.items():
        lines = ("txt" if kind is Kind.FILE else "One\nTwo") if CARD[kind].lines else ""
        place = designer.add(kind.value, kind.value, lines)
        assert place == kind.value
        brought = {"picture_file": png()} if kind is Kind.PICTURE else {}
        answer = designer.change(place, **asked.settings, **brought)
        assert answer.status_code == 302, words(answer)
    assert "holds from now on" in words(designer.publish())
    with tenant_scope(company.organisation):
        assert {shape.key: shape.kind for shape in designer.sheet.fields()} == {kind.value: kind for kind in Kind}
    typed = {
        name.replace("-q", f"-{kind}", 1): value for kind, asked in KINDS.items() for name, value in asked.typed.items()
    }
    files = {"f-file": SimpleUploadedFile("plan.txt", b"a plan", "text/plain")}
    assert "Sent." in fill(sign_in(company.mentee), company, designer.key, typed, files)
    with tenant_scope(company.organisation):
        answers = answers_of(Sheet.objects.select_related("response").get(worksheet=designer.key).response)
    assert answers.keys() == {kind.value for kind, asked in KINDS.items() if asked.answer is not None}
    for kind, asked in KINDS.items():
        if asked.answer is not ...:
            assert plain(answers.get(kind.value)) == asked.answer, kind


# --- Another kind -----------------------------------------------------------------------------------------------------

ANSWERED = {
    Kind.TEXT: "Words", Kind.LONGTEXT: "Words", Kind.EMAIL: "ana@people.example", Kind.URL: "https://reef.example/",
    Kind.PHONE: "+685 12345", Kind.NUMBER: 7, Kind.DATE: "2026-12-01", Kind.TIME: "09:30", Kind.CHOICE: "one",
    Kind.CHOICES: ["one"], Kind.RANKED: ["one", "two"], Kind.PICTURE: ["one"], Kind.SCALE: 1,
    Kind.TABLE: [{"_id": "0000000a", "one": "a"}],
    Kind.GROUP: [{"_id": "0000000a", "one": "a"}], Kind.GOAL: [{"_id": "0000000a", "one": "a"}],
    Kind.ACTION: [{"_id": "0000000a", "one": "a"}],
}  # fmt: skip


def sheet_of(field: dict[str, Any]) -> Worksheet:
    sections = [{"key": "all", "fields": [field]}]
    sheet = {"key": "s", "title": "S", "filled_by": "each", "readers": {"preset": "pair"}, "sections": sections}
    return Worksheet.model_validate(sheet)


@pytest.mark.parametrize("old", list(ANSWERED))
def test_what_is_said_of_answers_when_a_kind_changes_is_what_becomes_of_them(old):
    for new in Kind:
        _becomes(old, new)


def _becomes(old: Kind, new: Kind) -> None:
    field = new_field(key="q", kind=old, label="Q", lines=["One", "Two"])
    before, after = sheet_of(field), sheet_of(retyped(field, new) | {"compute": "x", "signer": "mentee"})
    context = AnswerContext()
    answers = check(before, {"q": ANSWERED[old]}, context, mode="draft").answers
    mapped, aside = map_answers(before, after, answers, context)
    assert {**aside, **mapped}.keys() == {"q"}, (old, new)
    if survival(old, new) == "all":
        assert aside == {}, (old, new)
    if survival(old, new) == "none":
        assert aside == answers, (old, new)


@pytest.mark.django_db
def test_a_question_becomes_another_kind_with_a_plain_word_about_its_answers(designer):
    designer.begin()
    designer.add("choice", "How?", "By phone\nIn person")
    page = words(designer.client.get(designer.url("questions/how/kind/")))
    assert "answers move along" in page
    assert "answers stay on the earlier version" in page
    base = Page(page).post()["base"]
    designer.client.post(designer.url("questions/how/kind/"), {"kind": "choices", "base": base})
    assert designer.field("how")["kind"] == "choices"
    assert [one["key"] for one in designer.field("how")["options"]] == ["by_phone", "in_person"]
    late = words(designer.client.post(designer.url("questions/how/kind/"), {"kind": "scale", "base": base}))
    assert "changed this while you were writing" in late
    assert designer.field("how")["kind"] == "choices"


def test_a_scale_that_becomes_a_choice_offers_its_points():
    scale = {"key": "q", "kind": "scale", "label": "Q", "points": [{"value": 1, "label": "Never"}, {"value": 2}]}
    for kind in (Kind.CHOICE, Kind.RANKED):
        made = retyped(scale, kind)
        assert [one["label"] for one in made["options"]] == ["Never", "2"]
        assert len({one["key"] for one in made["options"]}) == 2
        assert "points" not in made
        assert misplaced(made) == []


def misplaced(field: dict[str, Any]) -> list[str]:
    return misplaced_on(FieldShape.model_validate(field))


@pytest.mark.parametrize("old", list(Kind))
def test_whatever_a_question_becomes_it_keeps_no_setting_of_another_kind(old):
    field = new_field(key="q", kind=old, label="Q", lines=["One", "Two"]) | {"max_rows": 3, "unit": "hours", "talk": {}}
    for new in Kind:
        assert misplaced(retyped(field, new) | {"compute": "x"} if new is Kind.COMPUTED else retyped(field, new)) == []


def test_settings_left_from_another_kind_are_no_part_of_what_is_asked_or_published():
    left = {
        "key": "q",
        "kind": "group",
        "label": "Q",
        "fields": [{"key": "a", "kind": "text", "label": "A", "points": [1]}],
    }
    definition = {"key": "s", "sections": [{"key": "all", "fields": [left | {"signer": "mentee"}]}]}
    for made in (as_asked(definition), marked(definition), marked(definition | {"ours": True})):
        found = made["sections"][0]["fields"][0]
        assert "signer" not in found
        assert "points" not in found["fields"][0]
