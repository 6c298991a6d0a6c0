"""Any part of a handbook reads again as it did at any time; what a change means for running pairs is told before."""

import re

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.models import Output, Session
from programmes.domain.handbook.articles import change_article, remove_article
from programmes.domain.handbook.editing import article_values, change_part, original_of, undo_edit
from programmes.domain.handbook.effects import NeedsSeeing
from programmes.domain.handbook.history import put_back, shown_edit
from programmes.domain.handbook.items import add_item, change_item, item_of, items_of
from programmes.domain.handbook.parts import PLAN, fingerprint, list_part, value_at
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import kit_of
from templates_app.models import Article
from tests.programmes.conftest import PROGRAMME, words

pytestmark = pytest.mark.django_db
RESOURCES, REMINDERS, SESSIONS = list_part("resources"), list_part("reminders"), list_part("sessions")


def fresh(company):
    return Programme.objects.select_related("handbook").get(pk=company.programme.pk)


def change(company, part, key, *, seen=None, **values):
    item = item_of(fresh(company), part, key)
    return change_item(
        programme=fresh(company), part=part, key=key, values=values, base=fingerprint(item), actor=company.coordinator,
        seen=seen,
    )  # fmt: skip


def edit(row):
    return HandbookEdit.objects.select_related("programme__handbook").get(pk=row.pk)


# --- Back to any time -------------------------------------------------------------------------------------------------


def test_a_part_reads_again_as_before_an_early_change_though_it_was_changed_since(inside):
    first = change(inside, RESOURCES, "olc", note="First.")
    change(inside, RESOURCES, "olc", note="Second.")
    change(inside, RESOURCES, "iaia", note="Third.")
    made = put_back(edit=edit(first), actor=inside.coordinator)
    assert kit_of(fresh(inside).handbook).resources == shipped_kit("plp-ess").resources
    put_back(edit=edit(made), actor=inside.coordinator)
    notes = {one["key"]: one["note"] for one in items_of(fresh(inside), RESOURCES)}
    assert (notes["olc"], notes["iaia"]) == ("Second.", "Third."), "going back is a change like any other"


def test_an_article_that_was_taken_out_comes_back_as_it_read_before_its_first_change(inside):
    stands = article_values(Article.objects.get(handbook=inside.programme.handbook_id, key="smart-goals"))
    first = change_article(
        programme=fresh(inside), key="smart-goals", values={"title": "T", "body": "B"}, base=fingerprint(stands),
        actor=inside.coordinator,
    )  # fmt: skip
    remove_article(programme=fresh(inside), key="smart-goals", actor=inside.coordinator)
    put_back(edit=edit(first), actor=inside.coordinator)
    assert article_values(Article.objects.get(handbook=inside.programme.handbook_id, key="smart-goals")) == stands


def test_sessions_added_together_with_their_count_go_back_together(inside):
    values = {"title": "One more", "purpose": "P", "stage": "closure", "agenda": [], "guides": [], "notes": []}
    made = add_item(programme=fresh(inside), part=SESSIONS, values=values, actor=inside.coordinator)
    assert len(original_of(fresh(inside), "sessions")) == 6, "the kit's own sessions are told from the programme's"
    put_back(edit=edit(made), actor=inside.coordinator)
    kit = kit_of(fresh(inside).handbook)
    assert (kit.plan.sessions, len(kit.sessions), kit.stages[-1].sessions) == (6, 6, [6])


def test_the_history_says_in_words_what_differs(inside):
    row = change(inside, REMINDERS, "agreement", first_after=4, subject="Please sign")
    lines = {line.place: str(line.change.inline) for line in shown_edit(edit(row)).lines}
    assert set(lines) == {"Please sign › First reminder after (days)", "Please sign › Subject"}
    assert "<del>" in lines["Please sign › Subject"]


def test_the_page_of_changes_leads_back(coordinator_client, company):
    with tenant_scope(company.organisation):
        row = change(company, RESOURCES, "olc", note="First.")
        change(company, RESOURCES, "olc", note="Second.")
        change(company, REMINDERS, "agreement", subject="Please sign")
    page = words(coordinator_client.get(company.url(f"{PROGRAMME}handbook/history/")))
    assert "Please sign" in page
    assert "Second." in page
    one = words(coordinator_client.get(company.url(f"{PROGRAMME}handbook/history/?part=resources")))
    assert "Second." in one
    assert "Please sign" not in one
    answer = coordinator_client.post(company.url(f"{PROGRAMME}handbook/changes/{row.pk}/back/"))
    assert answer.status_code == 302
    with tenant_scope(company.organisation):
        assert kit_of(fresh(company).handbook).resources == shipped_kit("plp-ess").resources


# --- What it means for running pairs ----------------------------------------------------------------------------------


@pytest.fixture
def planned(inside):
    """Both pairs owe what their handbook calls for."""
    from pairs.domain.planning import plan_outputs

    for pairing in (inside.pairing, inside.pairing_two):
        plan_outputs(pairing)
    return inside


def test_other_days_of_a_reminder_are_told_with_how_many_pairs_and_saved_only_then(planned):
    with pytest.raises(NeedsSeeing) as asked:
        change(planned, REMINDERS, "agreement", seen="", first_after=9)
    assert asked.value.effects == ["2 running pairs: reminded at other times of “Sign the agreement”."]
    assert not HandbookEdit.objects.exists()
    assert change(planned, REMINDERS, "agreement", seen=asked.value.sign, first_after=9) is not None


def test_other_words_of_a_reminder_need_no_second_look(planned):
    assert change(planned, REMINDERS, "agreement", seen="", text="Dear {person}, please sign.") is not None


def test_another_session_is_told_and_running_pairs_get_it(planned):
    values = {"title": "One more", "purpose": "P", "stage": "closure", "agenda": [], "guides": [], "notes": []}
    given = {"programme": fresh(planned), "part": SESSIONS, "values": values, "actor": planned.coordinator}
    with pytest.raises(NeedsSeeing) as asked:
        add_item(**given, seen="")
    assert "2 running pairs: 1 more session to find a date for." in asked.value.effects
    assert any("new dates for “Compile the learning logs”" in words for words in asked.value.effects)
    before = Session.objects.filter(number=7).count()
    add_item(**given, seen=asked.value.sign)
    assert (before, Session.objects.filter(number=7).count()) == (0, 2)


def test_where_no_pair_runs_nothing_is_asked(inside):
    inside.pairing.__class__.objects.all().update(state="completed", ended_at=clock.now())
    assert change(inside, REMINDERS, "agreement", seen="", first_after=9) is not None


def test_the_page_keeps_what_was_typed_while_it_asks(coordinator_client, company):
    with tenant_scope(company.organisation):
        from pairs.domain.planning import plan_outputs

        plan_outputs(company.pairing)
        base = fingerprint(item_of(fresh(company), REMINDERS, "agreement"))
    url = company.url(f"{PROGRAMME}handbook/reminders/item/agreement/")
    typed = {
        "base": base, "owes": "agreement", "first_after": "9", "every": "3", "at_most": "2", "subject": "Typed", "text": "T"
    }  # fmt: skip
    page = words(coordinator_client.post(url, typed))
    assert "1 running pair: reminded at other times" in page
    assert 'value="Typed"' in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert coordinator_client.post(url, typed | {"seen": seen}).status_code == 302


# --- Undoing what acted on running pairs ------------------------------------------------------------------------------


def with_sessions(company, count, seen=None):
    """The plan with so many sessions, saved as the page does it."""
    programme = fresh(company)
    plan = value_at(programme.handbook.content, PLAN)
    return change_part(
        programme=programme,
        part=PLAN,
        value=plan | {"sessions": count},
        base=fingerprint(plan),
        actor=company.coordinator,
        seen=seen,
    )


def test_undoing_a_longer_plan_asks_once_more_and_takes_the_added_sessions_back(planned, sign_in):
    edit = with_sessions(planned, 8)
    assert Session.objects.filter(number__in=[7, 8]).count() == 4
    touched = Session.objects.filter(number=8, pairing=planned.pairing)
    touched.update(starts_at=clock.now())
    client, url = sign_in(planned.coordinator), planned.url(f"{PROGRAMME}handbook/changes/{edit.pk}/undo/")
    page = words(client.post(url))
    assert "3 sessions without a date, in which nobody has begun anything, are taken out again." in page
    assert Session.objects.filter(number__in=[7, 8]).count() == 4, "it was only asked"
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert "It reads as before." in words(client.post(url, {"seen": seen}, follow=True))
    assert list(Session.objects.filter(number__gt=6)) == [touched.get()]


def test_a_plan_lowered_by_hand_keeps_what_anybody_has_touched(planned):
    with_sessions(planned, 9)
    here = {row.number: row for row in Session.objects.filter(pairing=planned.pairing, number__gt=6)}
    Session.objects.filter(pk=here[7].pk).update(sequence=2)  # it had a date once
    output = Output.objects.filter(pairing=planned.pairing, worksheet="learning-log").first()
    Output.objects.filter(pk=output.pk).update(session=here[8], done_at=clock.now())
    with pytest.raises(NeedsSeeing) as asked:
        with_sessions(planned, 6, seen="")
    assert any(words.startswith("4 sessions without a date") for words in asked.value.effects)
    with_sessions(planned, 6, seen=asked.value.sign)
    assert set(Session.objects.filter(number__gt=6)) == {here[7], here[8]}


def test_undoing_words_asks_nothing(planned):
    edit = change(planned, REMINDERS, "agreement", seen="", text="Dear {person}, please sign.")
    undo_edit(edit=edit, actor=planned.coordinator, seen="")
    assert HandbookEdit.objects.get(pk=edit.pk).undone_at is not None
