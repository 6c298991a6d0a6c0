"""A handbook is changed part by part: checked, recorded, never overwritten unseen, and taken back."""

import copy

import pytest

from mentoring.history.domain import timeline_of
from programmes.domain.handbook.articles import add_article, change_article, remove_article
from programmes.domain.handbook.editing import NotSound, StaleEdit, article_values, change_part, original_of, undo_edit
from programmes.domain.handbook.items import add_item, address_of, change_item, item_of, items_of, remove_item
from programmes.domain.handbook.parts import LISTS, fingerprint, list_part, value_at
from programmes.domain.handbook.reading import changes_of, listed_items
from programmes.domain.matching.criteria import add_criterion
from programmes.domain.matching.runs import active_criteria
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kit_files import shipped_kit, shipped_kits
from templates_app.domain.kits import kit_of
from templates_app.models import Article, Handbook

pytestmark = pytest.mark.django_db
RESOURCES, CLAUSES, REMINDERS = list_part("resources"), list_part("agreement-clauses"), list_part("reminders")


def fresh(company):
    return Programme.objects.select_related("handbook").get(pk=company.programme.pk)


def change(company, part, key, **values):
    programme = fresh(company)
    item = item_of(programme, part, key)
    base = fingerprint(item)
    return change_item(programme=programme, part=part, key=key, values=values, base=base, actor=company.coordinator)


@pytest.mark.covers("plp.sys.72")
def test_a_coordinator_fills_in_a_resources_address(inside):
    before = Handbook.objects.get(pk=inside.programme.handbook_id).revision
    change(inside, RESOURCES, "olc", url="https://olc.example/courses")
    handbook = fresh(inside).handbook
    assert handbook.revision == before + 1
    found = {resource.key: resource for resource in kit_of(handbook).resources}
    assert found["olc"].url == "https://olc.example/courses"
    assert found["olc"].source == ["plp.res.1"]
    assert [event.action for event in timeline_of(inside.programme)][:1] == ["handbook.changed"]


def test_changing_nothing_records_nothing(inside):
    before = fresh(inside).handbook.revision
    assert change(inside, RESOURCES, "olc", title=item_of(fresh(inside), RESOURCES, "olc")["title"]) is None
    assert fresh(inside).handbook.revision == before
    assert not HandbookEdit.objects.exists()


@pytest.mark.covers("plp.sys.42")
def test_the_code_of_conduct_is_adapted_with_the_changes_visible(inside):
    change(inside, CLAUSES, "time", text="Each answers within five working days.")
    add_item(
        programme=fresh(inside),
        part=CLAUSES,
        values={"text": "We speak Tongan.", "parts": []},
        actor=inside.coordinator,
    )
    remove_item(programme=fresh(inside), part=CLAUSES, key="law", actor=inside.coordinator)
    programme = fresh(inside)
    listed = {one.key: one for one in listed_items(programme, CLAUSES)}
    assert listed["time"].state == "changed"
    assert "<del>" in listed["time"].fields[0].change.inline
    assert listed["honesty"].state == "same"
    assert [one.title for one in listed.values() if one.state == "own"] == ["We speak Tongan."]
    gone = changes_of(original_of(programme, CLAUSES.name), items_of(programme, CLAUSES), CLAUSES).removed
    assert len(gone) == 1
    assert "laws" in gone[0]
    assert len(kit_of(programme.handbook).agreement.clauses) == 16


def test_lettered_parts_keep_their_keys_and_sources(inside):
    key = "confidence_and_records"
    change(inside, CLAUSES, key, parts=["First, reworded.", "Second.", "Third.", "Fourth.", "A fifth of our own."])
    clause = next(one for one in kit_of(fresh(inside).handbook).agreement.clauses if one.key == key)
    assert [part.source for part in clause.parts][:2] == [["plp.coc.13a"], ["plp.coc.13b"]]
    assert clause.parts[0].text == "First, reworded."
    assert (clause.parts[4].ours, clause.parts[4].text) == (True, "A fifth of our own.")


def test_reminders_days_and_words_are_changed_and_unknown_gaps_refused(inside):
    change(inside, REMINDERS, "agreement", first_after=2, every=4, text="Dear {person}, please sign.")
    reminder = next(one for one in kit_of(fresh(inside).handbook).reminders if one.key == "agreement")
    assert (reminder.first_after, reminder.every, reminder.text) == (2, 4, "Dear {person}, please sign.")
    with pytest.raises(NotSound, match="boss"):
        change(inside, REMINDERS, "agreement", text="Dear {boss}")
    assert "{boss}" not in str(fresh(inside).handbook.content)


def test_what_something_else_needs_is_not_taken_out(inside):
    with pytest.raises(NotSound, match="professional-values"):
        remove_item(programme=fresh(inside), part=RESOURCES, key="professional-values", actor=inside.coordinator)


def test_of_two_who_change_one_item_the_second_is_shown_the_first(inside):
    base = fingerprint(item_of(fresh(inside), RESOURCES, "olc"))
    change(inside, RESOURCES, "olc", note="First.")
    with pytest.raises(StaleEdit) as stale:
        change_item(
            programme=fresh(inside),
            part=RESOURCES,
            key="olc",
            values={"note": "Second."},
            base=base,
            actor=inside.coordinator,
        )
    assert stale.value.current["note"] == "First."
    assert item_of(fresh(inside), RESOURCES, "olc")["note"] == "First."


def test_two_who_change_different_items_do_not_meet(inside):
    base = fingerprint(item_of(fresh(inside), RESOURCES, "iaia"))
    change(inside, RESOURCES, "olc", note="First.")
    change_item(
        programme=fresh(inside),
        part=RESOURCES,
        key="iaia",
        values={"note": "Second."},
        base=base,
        actor=inside.coordinator,
    )
    notes = {item["key"]: item["note"] for item in items_of(fresh(inside), RESOURCES)}
    assert (notes["olc"], notes["iaia"]) == ("First.", "Second.")


def test_a_change_is_taken_back_unless_it_was_changed_again_since(inside):
    kit = shipped_kit("plp-ess")
    first = change(inside, RESOURCES, "olc", note="First.")
    second = change(inside, RESOURCES, "olc", note="Second.")
    with pytest.raises(StaleEdit):
        undo_edit(
            edit=HandbookEdit.objects.select_related("programme__handbook").get(pk=first.pk), actor=inside.coordinator
        )
    for edit in (second, first):
        undo_edit(
            edit=HandbookEdit.objects.select_related("programme__handbook").get(pk=edit.pk), actor=inside.coordinator
        )
    assert kit_of(fresh(inside).handbook).resources == kit.resources


def test_every_list_offers_only_fields_that_its_items_have():
    kits = [shipped_kit(key).model_dump(mode="json") for key in shipped_kits()]
    for part in LISTS:
        for items in (value_at(kit, part.name) for kit in kits):
            for item in items:
                assert {field.name for field in part.fields} <= item.keys(), part.name
            addresses = {address_of(part, item, index) for index, item in enumerate(items)}
            assert len(addresses) == len(items), part.name


def plan(company, **changes):
    programme = fresh(company)
    stands = value_at(programme.handbook.content, "plan")
    value = copy.deepcopy(stands)
    value.update({name: changed for name, changed in changes.items() if name != "meeting"})
    value["meeting"].update(changes.get("meeting", {}))
    return change_part(
        programme=programme, part="plan", value=value, base=fingerprint(stands), actor=company.coordinator
    )


def test_the_plan_is_changed_and_a_plan_that_makes_no_sense_refused(inside):
    plan(inside, months=8, meeting={"max_minutes": 120})
    changed = kit_of(fresh(inside).handbook).plan
    assert (changed.months, changed.meeting.max_minutes) == (8, 120)
    with pytest.raises(NotSound, match="parts last 60"):
        plan(inside, meeting={"min_minutes": 45})
    with pytest.raises(NotSound):
        plan(inside, sessions=3)
    assert kit_of(fresh(inside).handbook).plan == changed


def article(company, key="first-meeting"):
    return Article.objects.get(handbook=company.programme.handbook_id, key=key)


def test_an_article_is_changed_and_taken_back(inside):
    stands = article_values(article(inside))
    edit = change_article(
        programme=fresh(inside), key="first-meeting", values={"title": "Your very first meeting", "body": "# Hello\r\nMālō"},
        base=fingerprint(stands), actor=inside.coordinator,
    )  # fmt: skip
    changed = article(inside)
    assert (changed.title, changed.body, changed.source) == (
        "Your very first meeting",
        "# Hello\nMālō",
        stands["source"],
    )
    undo_edit(edit=edit, actor=inside.coordinator)
    assert article_values(article(inside)) == stands


def test_an_article_of_ones_own_comes_and_goes(inside):
    values = {
        "title": "Calling from an outer island",
        "body": "Text.",
        "chapter": "tips",
        "roles": ["mentee"],
        "stages": [],
    }
    add_article(programme=fresh(inside), values=values, actor=inside.coordinator)
    assert article(inside, "calling-from-an-outer-island").ours
    remove_article(programme=fresh(inside), key="calling-from-an-outer-island", actor=inside.coordinator)
    assert not Article.objects.filter(key="calling-from-an-outer-island").exists()


def test_an_article_that_a_session_leads_to_stays(inside):
    with pytest.raises(NotSound, match="first-meeting"):
        remove_article(programme=fresh(inside), key="first-meeting", actor=inside.coordinator)
    assert article(inside)


def test_an_article_changed_by_somebody_else_meanwhile_is_not_overwritten(inside):
    same = {
        "programme": fresh(inside),
        "key": "first-meeting",
        "base": fingerprint(article_values(article(inside))),
        "actor": inside.coordinator,
    }
    change_article(values={"title": "T", "body": "First."}, **same)
    with pytest.raises(StaleEdit) as stale:
        change_article(values={"title": "T", "body": "Second."}, **same)
    assert stale.value.current["body"] == "First."
    assert article(inside).body == "First."


@pytest.mark.covers("phase1.tool.custom")
def test_a_renamed_stage_and_a_new_criterion_take_effect_without_code(inside, sign_in):
    stages = list_part("stages")
    change(inside, stages, "establishing-connection", title="Finding each other")
    page = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/")).content.decode()
    assert "Finding each other" in page
    sectors = {"mentor_field": "sectors", "mentee_field": "sectors"}
    add_criterion(programme=fresh(inside), title="The same sea", kind="overlap", weight=20, actor=None, **sectors)
    here = inside.url("programmes/e-mentoring/cohorts/november/matching/criteria/")
    assert "The same sea" in sign_in(inside.coordinator).get(here).content.decode()
    assert "The same sea" in {one.title for one in active_criteria(inside.cohort)}
