"""The suggestion box: nothing kept leads to the writer, the code reads the reply, others learn figures at most."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import models

from mentoring import clock
from programmes.domain.roles import forget_roles
from programmes.domain.suggestions import (
    BoxClosed,
    BoxFull,
    NoSuchCode,
    answer_suggestion,
    new_code,
    suggestion_with,
    write_suggestion,
)
from programmes.models import Suggestion
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, 34, 56, tzinfo=dt.UTC)
TEXT = "Fewer forms, please."
BOX = "suggestions/e-mentoring/"
LIST = "programmes/e-mentoring/suggestions/"


@pytest.fixture
def box(inside):
    """The company with a box that is open: five people have joined."""
    ParticipantFactory(cohort=inside.cohort)
    set_box(inside)
    with clock.at(NOON):
        yield inside


def set_box(company, **values):
    handbook = company.programme.handbook
    handbook.content = handbook.content | {"suggestions": {"ours": True, **values}}
    handbook.revision += 1
    handbook.save()


def put_in(company, who="mentee", text=TEXT):
    code = new_code()
    write_suggestion(programme=company.programme, text=text, code=code, actor=getattr(company, who))
    return code


def everything(company) -> dict[str, list]:
    """Every row there is, by table, as Python reads it."""
    found = {}
    for model in apps.get_models():
        rows = model._base_manager.order_by("pk").values_list("pk", *_plain(model))
        found[model._meta.label] = list(rows)
    return found


def _plain(model) -> list[str]:
    fields = model._meta.concrete_fields
    return [one.attname for one in fields if not isinstance(one, models.BinaryField) and one.attname != "id"]


def page(client, url):
    return client.get(url).content.decode()


@pytest.mark.covers("sssc.must.55")
def test_nothing_that_is_kept_leads_to_who_wrote_it(box, sign_in):
    browser = sign_in(box.mentee)
    code = browser.get(f"/o/reef/{BOX}").context["form"].initial["code"]
    before = everything(box)
    answer = browser.post(f"/o/reef/{BOX}", {"text": TEXT, "code": code})
    assert code in answer.content.decode()
    assert "Set-Cookie" not in answer.headers
    after = everything(box)
    assert [label for label in after if before[label] != after[label]] == ["programmes.Suggestion"]
    row = Suggestion.objects.get()
    related = {field.name for field in Suggestion._meta.concrete_fields if field.is_relation}
    assert related == {"organisation", "programme"}
    midnight = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    assert (row.day, row.created_at, row.text) == (dt.date(2026, 11, 21), midnight, TEXT)
    assert code.replace("-", "") not in row.code_hash


@pytest.mark.covers("sssc.must.55")
def test_the_coordinator_replies_and_the_writer_reads_it_with_the_code(box, sign_in):
    code = put_in(box)
    with clock.at(NOON + dt.timedelta(days=1)):
        coordinator = sign_in(box.coordinator)
        assert TEXT in page(coordinator, f"/o/reef/{LIST}")
        row = Suggestion.objects.get()
        coordinator.post(f"/o/reef/{LIST}{row.pk}/", {"reply": "Two of them go."})
        writer, other = sign_in(box.mentee), sign_in(box.mentor)
        mine = writer.post(f"/o/reef/{BOX}", {"kept": code.lower()}).content.decode()
        assert "Two of them go." in mine
        assert TEXT in mine
        assert "Two of them go." not in page(other, f"/o/reef/{BOX}")
        wrong = other.post(f"/o/reef/{BOX}", {"kept": new_code()})
        assert wrong.status_code == 422
        assert "no note with this code" in wrong.content.decode()


def test_a_published_reply_is_read_by_everybody_and_the_note_by_nobody_more(box, sign_in):
    put_in(box)
    row = Suggestion.objects.get()
    answer_suggestion(suggestion=row, reply="Two forms go.", publish=True, actor=box.coordinator)
    words = page(sign_in(box.mentor), f"/o/reef/{BOX}")
    assert "Two forms go." in words
    assert TEXT not in words


def test_coordinators_find_a_note_from_the_next_day_on(box, sign_in):
    put_in(box)
    browser = sign_in(box.coordinator)
    assert TEXT not in page(browser, f"/o/reef/{LIST}")
    with clock.at(NOON + dt.timedelta(days=1)):
        assert TEXT in page(browser, f"/o/reef/{LIST}")


def test_a_note_without_a_reply_stands_on_the_coordinator_s_desk_from_the_next_day_on(box, sign_in):
    put_in(box)
    desk, here = "/o/reef/desk/e-mentoring/november/", f'href="/o/reef/{LIST}"'
    assert here not in page(sign_in(box.coordinator), desk)
    with clock.at(NOON + dt.timedelta(days=1)):
        words = page(sign_in(box.coordinator), desk)
        assert "1 note without a reply" in words
        assert here in words
        assert TEXT not in words
        assert "without a reply" not in page(sign_in(box.steering), desk)
        answer_suggestion(suggestion=Suggestion.objects.get(), reply="Yes.", publish=False, actor=box.coordinator)
        assert "without a reply" not in page(sign_in(box.coordinator), desk)


def test_the_steering_group_sees_how_many_and_nothing_else(box, sign_in):
    put_in(box)
    with clock.at(NOON + dt.timedelta(days=1)):
        for who in ("steering", "admin"):
            words = page(sign_in(getattr(box, who)), f"/o/reef/{LIST}")
            assert "1 note in the box, 1 without a reply." in words
            assert TEXT not in words
            answer = f"/o/reef/{LIST}{Suggestion.objects.get().pk}/"
            assert sign_in(getattr(box, who)).get(answer).status_code == 403
        assert sign_in(box.mentor).get(f"/o/reef/{LIST}").status_code == 404
        assert sign_in(box.partner_lead).get(f"/o/reef/{LIST}").status_code == 404


def test_among_too_few_people_the_box_is_closed_and_says_why(box, sign_in):
    set_box(box, least_people=6)
    with pytest.raises(BoxClosed):
        put_in(box)
    assert "among fewer, nobody could stay unknown" in page(sign_in(box.mentee), f"/o/reef/{BOX}")


def test_a_day_takes_so_many_notes_whoever_writes_them(box, sign_in):
    set_box(box, a_day=1)
    put_in(box, "mentor")
    with pytest.raises(BoxFull):
        put_in(box, "mentee")
    answer = sign_in(box.mentee).post(f"/o/reef/{BOX}", {"text": TEXT, "code": new_code()})
    assert "full for today" in answer.content.decode()
    assert TEXT in answer.content.decode()
    with clock.at(NOON + dt.timedelta(days=1)):
        put_in(box, "mentee")


def test_a_form_sent_twice_is_one_note_and_a_chosen_code_is_none(box, sign_in):
    browser, code = sign_in(box.mentee), new_code()
    for _again in range(2):
        browser.post(f"/o/reef/{BOX}", {"text": TEXT, "code": code})
    assert Suggestion.objects.count() == 1
    assert browser.post(f"/o/reef/{BOX}", {"text": TEXT, "code": "mine"}).status_code == 422
    with pytest.raises(NoSuchCode):
        suggestion_with("mine", box.programme)


def test_who_takes_no_part_and_a_programme_without_a_box_have_no_such_page(box, sign_in):
    assert sign_in(box.coordinator).get(f"/o/reef/{BOX}").status_code == 404
    forget_roles(box.coordinator)
    with pytest.raises(BoxClosed):
        put_in(box, "coordinator")
    assert f"/o/reef/{BOX}" in page(sign_in(box.mentee), "/o/reef/issues/")
    set_box(box, offered=False)
    assert sign_in(box.mentee).get(f"/o/reef/{BOX}").status_code == 404
    assert f"/o/reef/{BOX}" not in page(sign_in(box.mentee), "/o/reef/issues/")
