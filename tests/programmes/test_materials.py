"""Material goes to those chosen, once each, and the coordinator sees that it arrived."""

import pytest

from mentoring import clock
from mentoring.notices.domain.delivery import deliver_due
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope, tenant_scope
from mentoring.work.models import State
from programmes.domain.finding import joined_people
from programmes.domain.materials import count_deliveries, deliveries_of, materials_of, send_material
from programmes.models import Mailing

pytestmark = pytest.mark.django_db


def chosen(company, *values):
    return [one for one in materials_of(company.cohort) if one.value in values]


def send(company, people, *values, words=""):
    return send_material(
        cohort=company.cohort,
        people=people,
        materials=chosen(company, *(values or ("article:what-mentoring-is",))),
        subject="For a good start",
        words=words,
        actor=company.coordinator,
    )


def joined(company, *names):
    people = joined_people(company.coordinator, company.cohort)
    return [person for person in people if not names or person.email.split("@")[0] in names]


@pytest.mark.covers("plp.sys.04")
def test_material_goes_to_everybody_chosen_and_to_nobody_else(inside, add_person):
    add_person(state="invited")
    send(inside, joined(inside, "mentor", "mentee"))
    assert {message.recipient for message in Message.objects.all()} == {inside.mentor, inside.mentee}
    send(inside, joined(inside))
    assert Message.objects.filter(subject_id=Mailing.objects.first().pk).count() == 4


def test_the_message_leads_to_what_was_sent(inside):
    send(inside, joined(inside, "mentee"), "article:first-meeting", "worksheet:goals", words="Mālō!\n\nRead these.")
    rendered = render_message(Message.objects.select_related("recipient", "organisation").get())
    assert rendered.subject == "For a good start"
    for words in (rendered.text, rendered.html):
        assert "/o/reef/guidance/e-mentoring/articles/first-meeting/" in words
        assert "/o/reef/guidance/e-mentoring/worksheets/goals/" in words
        assert "Mālō!" in words


@pytest.mark.django_db(transaction=True)
@pytest.mark.covers("plp.sys.04")
def test_the_coordinator_sees_who_has_got_it_and_for_whom_it_failed(company, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with tenant_scope(company.organisation):
        mailing = send(company, joined(company))
        assert {one.state for one in deliveries_of(mailing)} == {"due"}
        failed = Message.objects.get(recipient=company.mentee_two)
        Message.objects.filter(pk=failed.pk).update(state=State.FAILED, error="address refused")
    with no_scope():
        deliver_due(clock.now(), company.organisation)
    with tenant_scope(company.organisation):
        states = {one.person.email.split("@")[0]: one.state for one in deliveries_of(mailing)}
        assert states == {"mentor": "good", "mentee": "good", "mentor_two": "good", "mentee_two": "late"}
        assert count_deliveries([mailing]) == {mailing.pk: {"good": 3, "due": 0, "late": 1}}


def test_material_never_goes_to_another_cohort_or_to_nobody(inside, add_person):
    stranger = joined(inside)[0]
    stranger.cohort_id = stranger.pk
    for people in ([], [add_person(state="accepted")], [stranger]):
        with pytest.raises(ValueError, match="people of this cohort"):
            send(inside, people)
    assert not Message.objects.exists()


URL = "programmes/e-mentoring/cohorts/november/material/"


def test_sending_by_page_to_a_side_and_to_chosen_people(inside, sign_in):
    client = sign_in(inside.coordinator)
    form = {"subject": "Hello", "words": "", "items": ["article:what-mentoring-is"], "who": "mentor"}
    assert client.post(inside.url(f"{URL}send/"), form).status_code == 302
    assert {message.recipient for message in Message.objects.all()} == {inside.mentor, inside.mentor_two}
    person = inside.participants["mentee"]
    client.post(inside.url(f"{URL}send/"), {**form, "who": "chosen", "people": [str(person.pk)]})
    assert Message.objects.filter(recipient=inside.mentee).count() == 1
    page = client.get(inside.url(f"{URL}{Mailing.objects.first().pk}/")).content.decode()
    assert inside.mentee.name in page
    assert "on its way" in page


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"subject": "x", "who": "everybody"}, "This field is required"),
        ({"subject": "x", "items": "article:made-up", "who": "everybody"}, "made-up"),
        ({"subject": "x", "items": "article:what-mentoring-is", "who": "chosen"}, "nobody to send it to"),
        ({"subject": "", "items": "article:what-mentoring-is", "who": "everybody"}, "This field is required"),
    ],
)
def test_a_form_that_is_not_right_sends_nothing(inside, sign_in, form, words):
    page = sign_in(inside.coordinator).post(inside.url(f"{URL}send/"), form)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Message.objects.exists()


def test_nobody_of_another_cohort_can_be_slipped_into_the_form(inside, other_company, sign_in):
    stranger = other_company.participants["mentee"]
    form = {"subject": "x", "items": ["article:what-mentoring-is"], "who": "chosen", "people": [str(stranger.pk)]}
    assert sign_in(inside.coordinator).post(inside.url(f"{URL}send/"), form).status_code == 200
    assert not Message.objects.exists()
