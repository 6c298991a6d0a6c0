"""What becomes of a concern: the steps, the tick, and its pages."""

import datetime as dt
import re

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.work.models import DueWork
from programmes.domain.assignments import end_role, give_role
from programmes.domain.concerns.looking_after import look_after
from programmes.domain.concerns.queries import led_by
from programmes.domain.concerns.raising import WORK, ClosedConcern, NotTheirs, take_step, write_note
from programmes.domain.concerns.states import WAYS, Step, WrongStep, steps_from
from programmes.domain.roles import forget_roles
from programmes.enums import ConcernState
from programmes.models import Assignment, Concern
from tests.programmes.concerns.conftest import SECRET, set_rules

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def fresh(concern: Concern) -> Concern:
    return Concern.objects.select_related("participant__cohort__programme__handbook").get(pk=concern.pk)


def told(concern: Concern, kind: str = "programmes.concern_for_lead") -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=kind, subject_id=concern.pk).order_by("created_at")
    return [(row.recipient.given_name if row.recipient else row.email, row.context.get("why", "")) for row in rows]


def test_each_step_leads_on_from_its_states_and_no_other(care, raised):
    for step, way in WAYS.items():
        for state in ConcernState:
            concern = raised("mentor_two")
            Concern.objects.filter(pk=concern.pk).update(state=state)
            actor = care.lead if way.by_lead else care.mentor_two
            if state in way.source:
                take_step(concern=fresh(concern), step=step, actor=actor)
                assert fresh(concern).state == way.target
            else:
                with pytest.raises(WrongStep):
                    take_step(concern=fresh(concern), step=step, actor=actor)


def test_a_step_belongs_to_the_lead_or_to_who_raised_it(care, raised):
    concern = raised("mentor_two")
    for step, way in WAYS.items():
        wrong = care.mentor_two if way.by_lead else care.lead
        for actor in (wrong, care.coordinator, care.admin, care.deputy):
            with pytest.raises(NotTheirs):
                take_step(concern=concern, step=step, actor=actor)
    assert steps_from("raised", by_lead=True) == [Step.ACKNOWLEDGE, Step.TAKE_ON]
    assert steps_from("raised", by_lead=False) == []


def test_two_leads_at_once_take_a_step_once(care, raised):
    concern = raised("mentor_two")
    first, second = fresh(concern), fresh(concern)
    take_step(concern=first, step=Step.ACKNOWLEDGE, actor=care.lead)
    with pytest.raises(WrongStep):
        take_step(concern=second, step=Step.ACKNOWLEDGE, actor=care.lead)


def test_who_raised_it_is_told_of_each_step_and_may_raise_it_again(care, raised):
    concern = raised("mentor_two")
    for step in (Step.ACKNOWLEDGE, Step.CLOSE):
        take_step(concern=fresh(concern), step=step, actor=care.lead)
    assert [why for _name, why in told(concern, "programmes.concern_moved")] == ["acknowledge", "close"]
    with pytest.raises(ClosedConcern):
        write_note(concern=concern, text="More", actor=care.mentor_two)
    take_step(concern=fresh(concern), step=Step.RAISE_AGAIN, actor=care.mentor_two)
    again = fresh(concern)
    assert (again.state, again.acknowledged_at, again.closed_at) == ("raised", None, None)
    assert told(concern) == [("Leilani", "raised"), ("Leilani", "raised")]


# --- The tick ------------------------------------------------------------------------------------------------------------


def test_the_second_person_gets_it_when_nobody_has_acknowledged_it_in_time(care, raised):
    concern = raised("mentor_two")
    due = concern.raised_at + 3 * DAY
    assert DueWork.objects.filter(kind=WORK, due_at=due).exists()
    look_after(due - dt.timedelta(seconds=1))
    assert told(concern) == [("Leilani", "raised")]
    for _twice in range(2):
        look_after(due)
    assert told(concern) == [("Leilani", "raised"), ("Dora", "second")]
    assert told(concern, "programmes.concern_moved") == [("Mentor Two", "second")]
    assert concern in set(led_by(care.deputy))
    assert concern in set(led_by(care.lead))


@pytest.mark.parametrize("step", [Step.ACKNOWLEDGE, Step.TAKE_ON])
def test_one_that_was_acknowledged_stays_with_its_lead(care, raised, step):
    concern = raised("mentor_two")
    take_step(concern=concern, step=step, actor=care.lead)
    look_after(concern.raised_at + 30 * DAY)
    assert told(concern) == [("Leilani", "raised")]


def test_behind_the_lead_of_a_partner_stands_the_lead_for_concerns(care, raised):
    concern = raised("mentor")
    look_after(concern.raised_at + 4 * DAY)
    assert told(concern) == [("Partner Lead", "raised"), ("Leilani", "second")]


def test_where_nobody_stands_behind_the_lead_the_mailbox_hears_of_it_once(care, raised):
    set_rules(care, mailbox="care@reef.example")
    Assignment.objects.filter(membership__user=care.deputy).delete()
    concern = raised("mentor_two")
    for days in (4, 5):
        look_after(concern.raised_at + days * DAY)
    assert told(concern, "programmes.concern_waits") == [("care@reef.example", "")]


def test_a_lead_who_leaves_hands_over_and_who_raised_it_is_told(care, raised):
    concern = raised("mentor_two")
    end_role(assignment=Assignment.objects.get(membership__user=care.lead), actor=care.coordinator)
    assert DueWork.objects.filter(kind=WORK, due_at__lte=clock.now()).exists()
    forget_roles(care.lead)
    for _twice in range(2):
        look_after(clock.now())
    assert told(concern) == [("Leilani", "raised"), ("Dora", "handed")]
    assert told(concern, "programmes.concern_moved") == [("Mentor Two", "handed")]
    assert concern not in set(led_by(care.lead))


def test_what_waits_for_a_lead_goes_to_whoever_is_named(care, raised):
    set_rules(care, mailbox="care@reef.example")
    Assignment.objects.filter(role="concerns").delete()
    concern = raised("mentor_two")
    look_after(clock.now())
    assert told(concern) == []
    membership = Assignment.objects.get(membership__user=care.steering).membership
    give_role(programme=care.programme, membership=membership, role="concerns", actor=care.coordinator)
    look_after(clock.now())
    assert told(concern) == [("Steering", "handed")]


def test_a_lead_who_is_shut_out_is_found_within_a_day(care, raised):
    concern = raised("mentor_two")
    now = concern.raised_at
    assert look_after(now) == now + DAY
    membership = Assignment.objects.get(membership__user=care.lead).membership
    membership.is_active = False
    membership.save()
    look_after(now + DAY)
    assert told(concern)[-1] == ("Dora", "handed")
    Concern.objects.update(state="closed")
    assert look_after(now + DAY) is None


# --- Pages ---------------------------------------------------------------------------------------------------------------


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


@pytest.mark.covers("gla.must.35")
def test_the_form_says_who_gets_it_before_anything_is_typed(care, sign_in):
    client = sign_in(care.mentor)
    url = care.url(f"concerns/new/{care.participants['mentor'].pk}/")
    first = page(client, url)
    assert "<textarea" not in first
    assert care.mentee.name in first
    assert "You do not have to judge alone." in first
    assert "Harm to a person." in first
    words = page(client, f"{url}?about=else")
    assert f"{care.partner_lead.name}, lead of {care.partner.name}, and nobody else" in words
    assert f"after 3 days, {care.lead.name} gets it too" in words
    assert words.index("and nobody else") < words.index("<textarea")
    lead = Assignment.objects.get(membership__user=care.partner_lead).membership
    about_the_lead = page(client, f"{url}?about={lead.pk}")
    assert f"{care.lead.name}, lead for concerns, and nobody else" in about_the_lead
    about_mentee = page(client, f"{url}?about={care.participants['mentee'].membership_id}")
    assert f"Send it to {care.their_lead.name} too" in about_mentee


@pytest.mark.covers("gla.must.35")
def test_a_mentor_is_asked_whether_the_mentee_has_been_told_and_it_is_kept(care, sign_in):
    client = sign_in(care.mentor)
    url = care.url(f"concerns/new/{care.participants['mentor'].pk}/")
    sent = {"about": "else", "kind": "safety", "text": SECRET}
    assert client.post(url, sent).status_code == 200
    assert client.post(url, sent | {"told": "yes"}).status_code == 200
    assert client.post(url, sent | {"told": "no"}).status_code == 200
    assert not Concern.objects.exists()
    assert client.post(url, sent | {"told": "yes", "told_on": "2026-11-20"}).status_code == 302
    concern = Concern.objects.get()
    assert concern.answers == {"kind": "safety", "told": "yes", "told_on": "2026-11-20"}
    assert "Told the mentee first" in page(sign_in(care.partner_lead), care.url(f"concerns/{concern.pk}/"))


def test_a_mentee_is_not_asked_that_and_nor_is_anybody_where_the_handbook_does_not_say_so(care, sign_in):
    mentee = care.url(f"concerns/new/{care.participants['mentee'].pk}/?about=else")
    assert "Does your mentee know" not in page(sign_in(care.mentee), mentee)
    set_rules(care, tell_first=False)
    mentor = care.url(f"concerns/new/{care.participants['mentor'].pk}/?about=else")
    assert "Does your mentee know" not in page(sign_in(care.mentor), mentor)


def test_a_programme_that_takes_no_concerns_has_no_page_for_them(care, sign_in):
    set_rules(care, offered=False)
    client = sign_in(care.mentor)
    assert client.get(care.url(f"concerns/new/{care.participants['mentor'].pk}/")).status_code == 404
    assert client.get(care.url("concerns/")).status_code == 404
    assert "Raise a concern" not in page(client, care.url("issues/"))


def test_where_it_would_reach_nobody_nothing_is_asked_and_what_was_typed_is_not_lost(care, sign_in):
    Assignment.objects.filter(role__in=["concerns", "partner_lead"]).delete()
    client = sign_in(care.mentor_two)
    url = care.url(f"concerns/new/{care.participants['mentor_two'].pk}/")
    words = page(client, f"{url}?about=else")
    assert "Nobody would get it just now" in words
    assert "<textarea" not in words
    told = {"told": "no", "why_not": "Danger"}
    answer = client.post(url, {"about": "else", "kind": "safety", "text": "Typed before", **told})
    assert "Typed before" in answer.content.decode()
    assert not Concern.objects.exists()


def test_a_concern_from_raising_to_closing_by_page(care, raised, sign_in):
    concern = raised("mentor")
    lead, mentor = sign_in(care.partner_lead), sign_in(care.mentor)
    url = care.url(f"concerns/{concern.pk}/")
    assert care.mentor.name in page(lead, care.url("concerns/"))
    assert lead.post(f"{url}acknowledge/").status_code == 302
    lead.post(url, {"text": "Only for leads"})
    lead.post(url, {"text": "For both", "share": "on"})
    seen = page(mentor, url)
    assert "For both" in seen
    assert "Only for leads" not in seen
    assert "acknowledged" in seen
    mentor.post(url, {"text": "Thank you"})
    assert "Thank you" in page(lead, url)
    assert mentor.post(f"{url}close/").status_code == 404
    assert lead.post(f"{url}nonsense/").status_code == 404
    assert lead.post(f"{url}close/").status_code == 302
    assert "closed meanwhile" in mentor.post(url, {"text": "Late words"}).content.decode()
    assert mentor.post(f"{url}raise-again/").status_code == 302
    assert fresh(concern).state == "raised"


def test_a_lead_for_concerns_begins_with_them_and_finds_nothing_else(care, raised, sign_in):
    client = sign_in(care.lead)
    assert client.get(care.url("")).headers["Location"].endswith("/concerns/")
    assert client.get(care.url("programmes/e-mentoring/")).status_code == 404
    assert "Nothing was raised with you" in page(client, care.url("concerns/"))
