"""Every part of a handbook is reached by page, and what is not changed stays as it is, sources and keys and all."""

import re

import pytest
from django import forms

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.handbook.editing import NotSound
from programmes.domain.handbook.items import address_of, items_of
from programmes.domain.handbook.parts import LISTS, TEXTS
from programmes.forms.handbook_parts import add_problems
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kits import copy_kit, kit_of, worksheet_of
from templates_app.models import TemplateVersion
from tests.kits import every_kit, kit_named
from tests.programmes.conftest import PROGRAMME, words
from tests.templates_app.paper_browser import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator_client):
    return coordinator_client


def handbook(company):
    return Programme.objects.select_related("handbook").get(slug="e-mentoring")


def as_typed(page):
    """What the browser would send if somebody pressed "Save" at once."""
    sent = Page(words(page)).post()
    return {name: sent.getlist(name) for name in sent if name != "csrfmiddlewaretoken"}


def use_kit(company, key):
    """Have the company's programme run by another handbook."""
    with tenant_scope(company.organisation):
        programme = handbook(company)
        programme.handbook = copy_kit(kit=kit_named(key), title="T", actor=None)
        programme.save()
        return programme


@pytest.mark.parametrize("kit", every_kit())
def test_a_form_that_is_sent_as_it_came_changes_nothing(client, company, kit):
    programme = use_kit(company, kit)
    with tenant_scope(company.organisation):
        places = [f"texts/{one.name}/" for one in TEXTS]
        for part in LISTS:
            items = items_of(programme, part)
            some = {0, len(items) // 2, len(items) - 1} if items else set()
            places += [f"{part.slug}/item/{address_of(part, items[at], at)}/" for at in sorted(some)]
    for place in places:
        url = company.url(f"{PROGRAMME}handbook/{place}")
        page = client.get(url)
        assert page.status_code == 200, place
        answer = client.post(url, as_typed(page))
        faults = re.findall(r'class="fault"[^>]*>([^<]*)<', words(answer))
        assert answer.status_code == 302, (place, faults)
    with tenant_scope(company.organisation):
        assert list(HandbookEdit.objects.values_list("part", "before", "after")) == []
        assert kit_of(handbook(company).handbook).model_dump() == {
            **kit_named(kit).model_dump(), "worksheets": [], "articles": [], "pictures": []
        }  # fmt: skip


# --- What pages could not change before -----------------------------------------------------------------------------


def change(client, company, place, **changes):
    """Open a page of the handbook, type, and save; a second time where it asks whether that is meant."""
    url = company.url(f"{PROGRAMME}handbook/{place}")
    sent = as_typed(client.get(url)) | changes
    answer = client.post(url, sent)
    if answer.status_code == 200 and 'name="seen"' in words(answer):
        answer = client.post(url, sent | {"seen": re.search(r'name="seen" value="([^"]+)"', words(answer))[1]})
    return answer


def add(client, company, slug, **values):
    url = company.url(f"{PROGRAMME}handbook/{slug}/add/")
    answer = client.post(url, values)
    if answer.status_code == 200 and 'name="seen"' in words(answer):
        answer = client.post(url, values | {"seen": re.search(r'name="seen" value="([^"]+)"', words(answer))[1]})
    assert answer.status_code == 302, re.findall(r'class="fault"[^>]*>([^<]*)<', words(answer))


def press(client, company, place):
    url = company.url(f"{PROGRAMME}handbook/{place}")
    answer = client.post(url)
    if answer.status_code == 200:
        answer = client.post(url, {"seen": re.search(r'name="seen" value="([^"]+)"', words(answer))[1]})
    return client.get(answer["Location"])


def kit(company):
    with tenant_scope(company.organisation):
        return kit_of(handbook(company).handbook)


def rows(name, *items, before=0):
    """Rows of a list inside an item, as the browser sends them."""
    sent = {f"{name}-TOTAL_FORMS": str(len(items)), f"{name}-INITIAL_FORMS": str(before)}
    for place, item in enumerate(items):
        sent |= {f"{name}-{place}-{field}": value for field, value in item.items()}
        if any(item.values()):
            sent[f"{name}-{place}-ORDER"] = str(place + 1)
    return sent


@pytest.mark.covers("plp.sys.72")
def test_a_stage_is_added_with_what_is_done_in_it_and_takes_its_place(client, company):
    activities = rows("activities", {"who": "mentee", "text": "Visit a colleague."}, {"who": "", "text": ""})
    add(
        client, company, "stages", title="Shadowing", purpose="See how others work.", worksheets=["learning-log"],
        outputs="A page of notes\nA thank-you letter", completes=["outputs-in"], **activities,
    )  # fmt: skip
    made = kit(company).stages[-1]
    assert (made.key, made.number, made.title, made.ours) == ("shadowing", 5, "Shadowing", True)
    assert [(one.who, one.text) for one in made.activities] == [("mentee", "Visit a colleague.")]
    assert [one.text for one in made.outputs] == ["A page of notes", "A thank-you letter"]
    press(client, company, "stages/item/shadowing/up/")
    stages = kit(company).stages
    assert [(one.number, one.key) for one in stages][-2:] == [(4, "shadowing"), (5, "closure")]


def test_rows_are_put_in_another_order_taken_out_and_reworded_with_their_sources(client, company):
    before = kit(company).stages[1].activities
    answer = change(
        client, company, "stages/item/establishing-connection/",
        **{"activities-0-ORDER": "2", "activities-1-ORDER": "1", "activities-2-DELETE": "on", "activities-3-text": "New words."},
    )  # fmt: skip
    assert answer.status_code == 302
    after = kit(company).stages[1].activities
    assert [one.source for one in after[:3]] == [before[1].source, before[0].source, before[3].source]
    assert after[2].text == "New words."
    assert len(after) == len(before) - 1


def test_more_empty_lines_come_by_a_button_that_saves_nothing(client, company):
    url = company.url(f"{PROGRAMME}handbook/stages/item/closure/")
    sent = as_typed(client.get(url)) | {"title": "Typed just now", "more": "1"}
    total = int(sent["activities-TOTAL_FORMS"][0])
    page = client.post(url, sent)
    assert "Typed just now" in words(page)
    assert f'name="activities-{total + 1}-text"' in words(page)
    assert kit(company).stages[-1].title == "Closure and evaluation"


def test_a_session_comes_last_is_counted_and_named_by_its_stage(client, company):
    add(
        client, company, "sessions", title="One more", purpose="For what is left.", stage="closure",
        guides=["planning-the-ending"], notes="Bring your log.",
        **rows("agenda", {"lead": "mentee", "text": "Say what is left.", "items": "First\nSecond"}),
    )  # fmt: skip
    found = kit(company)
    last = found.sessions[-1]
    assert (found.plan.sessions, last.number, last.title) == (7, 7, "One more")
    assert [one.text for one in last.agenda[0].items] == ["First", "Second"]
    assert found.stages[-1].sessions == [6, 7]


def test_sessions_change_places_and_their_numbers_keep_dates_and_stages(client, company):
    press(client, company, "sessions/item/3/up/")
    found = kit(company)
    assert [(one.number, one.title, one.stage) for one in found.sessions[1:3]] == [
        (2, "Logs and actions", "capacity"),
        (3, "Capacity needs and action plan", "mentoring"),
    ]
    assert found.plan.sessions == 6


def test_a_session_given_to_another_stage_is_named_by_that_one_alone(client, company):
    assert change(client, company, "sessions/item/5/", stage="closure").status_code == 302
    assert [stage.sessions for stage in kit(company).stages] == [[], [1], [2], [3, 4], [5, 6]]


def test_a_session_that_something_hangs_on_stays_and_the_page_says_what(client, company):
    page = press(client, company, "sessions/item/2/remove/")
    assert "This cannot be taken out" in words(page)
    assert words(page).count("The programme has no session 6") == 1
    assert re.search("“[^”]+”, “[^”]+”.*: The programme has no session 6", words(page)), (
        "with the names of what hangs on it"
    )
    assert kit(company).plan.sessions == 6


def test_a_session_that_nothing_hangs_on_is_taken_out_again(client, company):
    add(client, company, "sessions", title="One more", purpose="P", stage="closure", **rows("agenda"))
    press(client, company, "sessions/item/7/remove/")
    assert (kit(company).plan.sessions, kit(company).stages[-1].sessions) == (6, [6])


def test_what_the_pair_writes_into_its_agreement_is_asked_of_the_next_ones(client, company):
    add(
        client, company, "agreement-fields", label="Which language do you speak?", kind="choice", need="must",
        options="English\nSamoan",
    )  # fmt: skip
    asked = kit(company).agreement.fields[-1]
    assert [(one.key, one.label) for one in asked.options] == [("english", "English"), ("samoan", "Samoan")]
    place = f"agreement-fields/item/{asked.key}/"
    assert change(client, company, place, options="English\nGagana Samoa\nTongan").status_code == 302
    asked = kit(company).agreement.fields[-1]
    assert [one.key for one in asked.options] == ["english", "samoan", "tongan"]
    with tenant_scope(company.organisation):
        versions = TemplateVersion.objects.filter(
            template__handbook=handbook(company).handbook_id, template__key="agreement"
        )
        newest = worksheet_of(versions.order_by("-number")[0])
        assert (versions.count(), newest.fields()[-1].label) == (3, "Which language do you speak?")


def test_the_agreement_asks_lines_to_tick_and_a_table_that_grows(client, company):
    add(client, company, "agreement-fields", label="Agreed", kind="checklist", need="may", items="Phones off\nOn time")
    add(
        client,
        company,
        "agreement-fields",
        label="Dates",
        kind="table",
        need="may",
        columns="Day\nPlace",
        begins="Monday",
    )
    ticked, table = kit(company).agreement.fields[-2:]
    assert [one.label for one in ticked.items] == ["Phones off", "On time"]
    assert [(one.key, one.label, one.kind) for one in table.columns] == [
        ("day", "Day", "text"),
        ("place", "Place", "text"),
    ]
    assert change(client, company, "agreement-fields/item/dates/", columns="Day\nWhere\nWho").status_code == 302
    assert [one.key for one in kit(company).agreement.fields[-1].columns] == ["day", "place", "who"]


def test_steps_are_no_longer_asked_for_or_by_somebody_else(client, company):
    url = company.url(f"{PROGRAMME}handbook/texts/pair-steps/")
    sent = as_typed(client.get(url))
    del sent["compile__asked"]
    sent |= {"introduction__by": "mentee", "introduction__days": "3", "schedule__title": "Find six dates"}
    seen = re.search(r'name="seen" value="([^"]+)"', words(client.post(url, sent)))[1]
    assert client.post(url, sent | {"seen": seen}).status_code == 302
    steps = kit(company).plan.steps
    assert (steps.compile, steps.introduction.by, steps.introduction.days) == (None, "mentee", 3)
    assert steps.schedule.title == "Find six dates"


def test_a_survey_gets_its_moment_and_a_moment_without_its_session_is_refused_at_its_place(client, company):
    moment = {"moment__anchor": "session-end", "moment__days": "2"}
    values = {"worksheet": "evaluation", "audience": ["mentee"], **moment}
    url = company.url(f"{PROGRAMME}handbook/surveys/add/")
    page = client.post(url, values)
    assert "needs to know which session" in words(page)
    page = client.post(url, {**values, "moment__session": "3", "anonymous": "on"})
    assert "in the readers of" in words(page), "the evaluation is read by coordinators"
    add(client, company, "surveys", **values, moment__session="3", title="Half way", by="itself")
    made = kit(company).surveys[-1]
    assert (made.moment.session, made.moment.days, made.anonymous, made.due) == (3, 2, False, None)
    assert (made.key, made.title, made.goes_by_itself) == ("evaluation-2", "Half way", True)


def test_who_meets_may_be_a_group_of_a_size_of_its_own(client, company):
    assert change(client, company, "plan/", models=["one-to-one", "group"], group_mentees="6").status_code == 302
    plan = kit(company).plan
    assert [one.kind for one in plan.allowed] == ["one-to-one", "group"]
    assert plan.model("group").mentee_limits == (1, 6)


def test_a_group_may_have_several_mentors_one_of_them_experienced(client, company):
    said = {"models": ["group"], "experienced": ["group"]}
    page = change(client, company, "plan/", **said)
    assert "With one mentor there is no other beside the experienced one." in words(page)
    assert change(client, company, "plan/", **said, group_mentors="2").status_code == 302
    model = kit(company).plan.model("group")
    assert (model.mentor_limits, model.experienced) == ((1, 2), True)


def test_a_kind_of_record_is_added_to_what_may_reach_the_coordinator(client, company):
    url = company.url(f"{PROGRAMME}handbook/texts/agreement-consent/")
    sent = as_typed(client.get(url))
    count = len(kit(company).agreement.consent.items)
    sent |= {f"items-{count}-label": "Letters", f"items-{count}-always": "on"}
    page = client.post(url, sent)
    assert "the coordinator reads “Letters” from now on" in words(page)
    seen = re.search(r'name="seen" value="([^"]+)"', words(page))[1]
    client.post(url, sent | {"seen": seen})
    assert [(one.key, one.always) for one in kit(company).agreement.consent.items][-1] == ("letters", True)


def test_a_reminder_is_looked_at_as_a_mail_before_it_is_saved(client, company):
    url = company.url(f"{PROGRAMME}handbook/reminders/item/agreement/")
    sent = as_typed(client.get(url)) | {
        "text": "Dear {person}, it was due on {date}. Ask {coordinator}.",
        "preview": "1",
    }
    page = words(client.post(url, sent))
    assert f"Dear {company.coordinator.short_name}, it was due on" in page
    assert "Do it now" in page
    assert "Dear {person}, it was due" in page, "what was typed stands in the form"
    with tenant_scope(company.organisation):
        assert not HandbookEdit.objects.exists()


def test_what_stands_against_a_change_in_several_places_of_one_thing_is_said_once():
    class Plan(forms.Form):
        sessions = forms.IntegerField()

    form = Plan({"sessions": "1"})
    far = "“Log › Session 2”: The programme has no session 2."
    places = [("worksheets", 0, "moments", 0, name, "session") for name in ("opens", "due")]
    add_problems(form, NotSound([*((place, far) for place in places), (("plan", "sessions"), "Too few.")]))
    assert form.non_field_errors() == [far]
    assert form.errors["sessions"] == ["Too few."]
