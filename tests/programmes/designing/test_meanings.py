"""A question is offered the meanings that something comes of where it stands, and keeps the one it has."""

import json

import pytest

from programmes.domain.designing.places import spots
from programmes.forms.designing_meanings import meanings_here
from templates_app.domain.kit_files import KITS, read_kit
from templates_app.shapes import Meaning
from tests.programmes.conftest import PROGRAMME, words

pytestmark = pytest.mark.django_db


def offered(designer, place: str) -> set[str]:
    form = designer.client.get(designer.url(f"questions/{place}/")).context["form"]
    return {key for key, _words in form.fields["meaning"].choices if key}


def test_a_question_is_offered_what_fits_its_kind_and_its_sheet(designer):
    designer.begin(filled_by="together")
    day = designer.add("date", "When next?")
    rules = designer.add("longtext", "What do we hold to?")
    goal = designer.add("goal", "Goals", "What")
    reached = designer.add("date", "Reached on", container=f"in:{goal}")
    assert "next-meeting" in offered(designer, day)
    assert "next-meeting" not in offered(designer, rules)
    assert {"ground-rule", "boundary", "ending-plan"} <= offered(designer, rules)
    assert offered(designer, reached) == {"reached-on"}
    assert not {"risk", "agreed-end", "form", "notice-hours"} & (offered(designer, day) | offered(designer, rules))
    designer.facts(filled_by="mentee")
    assert "ground-rule" not in offered(designer, rules)


def test_a_meaning_that_fits_no_more_stays_until_it_is_taken_out(designer):
    designer.begin(filled_by="together")
    rules = designer.add("longtext", "What do we hold to?")
    designer.change(rules, meaning="ground-rule")
    designer.facts(filled_by="mentee")
    assert "ground-rule" in offered(designer, rules)
    assert designer.change(rules, label="What do you hold to?").status_code == 302
    assert designer.field(rules)["meaning"] == "ground-rule"


def test_every_meaning_of_the_handbooks_is_offered_where_they_use_it():
    used = set()
    for folder in sorted(KITS.iterdir()):
        kit, _faults = read_kit(folder) if (folder / "kit.yaml").exists() else (None, [])
        for sheet in kit.worksheets if kit else []:
            definition = json.loads(sheet.model_dump_json(exclude_defaults=True))
            for spot in spots(definition):
                if meaning := spot.field.pop("meaning", None):
                    used.add(meaning)
                    found = dict(meanings_here(definition, spot))
                    assert meaning in found, (kit.key, sheet.key, spot.place, meaning)
    assert {Meaning.GROUND_RULE, Meaning.IN_PLACE, Meaning.RISK} <= used


@pytest.mark.parametrize(("side", "other"), [("mentor", "mentee"), ("mentee", "mentor")])
def test_joining_sheets_are_chosen_among_those_of_their_side(designer, side, other):
    form = designer.client.get(designer.company.url(f"{PROGRAMME}handbook/texts/enrolment/")).context["form"]
    keys = {key for key, _words in form.fields[side].choices if key}
    assert {f"{side}-profile", "prep"} <= keys, "what each fills in for themselves fits both"
    assert f"{other}-profile" not in keys


def test_managers_are_asked_what_a_supervisor_fills_in(designer):
    designer.begin("Word of a manager")
    designer.add("text", "What do you see?")
    designer.facts(filled_by="supervisor", preset="author-coordinator")
    assert "holds from now on" in words(designer.publish())
    form = designer.client.get(designer.company.url(f"{PROGRAMME}handbook/texts/managers/")).context["form"]
    for name in ("worksheet", "needs"):
        assert [key for key, _words in form.fields[name].choices if key] == ["word-of-a-manager"]
