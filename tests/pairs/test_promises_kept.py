"""What the handbooks of peer mentoring and of aspirations promise of agreements, records and rhythms, tried as they ship."""

import datetime as dt
import itertools
import re
from html import unescape

import pytest

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope, tenant_scope
from mentoring.work.domain import run_worker
from pairs.domain.agreement import offer_agreement, open_agreement
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of, right_to
from pairs.domain.reminders import remind_due
from pairs.domain.sheets import add_sheet
from pairs.domain.signing import sign_agreement
from pairs.enums import Right
from pairs.models import Action, Output
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import NotComplete, answers_of, save_draft, submit_response
from templates_app.domain.worksheet_documents import worksheet_html
from templates_app.models import Document
from tests.pairs.conftest import PAIRED, make_group
from tests.pairs.filling import owner_for_reader, send, write
from tests.pairs.test_every_kit import by_the_coordinator, pair_of
from tests.programmes.designing.conftest import Designer


@pytest.fixture
def sssc(db):
    with pair_of("sssc") as pair:
        yield pair


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        yield pair


def sheet(pair, user, worksheet: str) -> Output:
    reader = reader_of(user, get_pairing_for(user, pair.pairing.pk))
    return add_sheet(reader=reader, worksheet=worksheet, actor=user)


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", unescape(client.get(url, follow=True).content.decode()))


# --- Sharing with the annual review -----------------------------------------------------------------------------------------

SIGN = {"agree": True}


@pytest.mark.covers("sssc.must.7")
@pytest.mark.parametrize("first", ["mentee", "mentor"])
def test_nothing_goes_to_the_annual_review_before_the_mentee_has_asked_and_the_mentor_agreed(sssc, sign_in, first):
    users = {"mentee": sssc.mentee, "mentor": sssc.mentor}
    second = "mentor" if first == "mentee" else "mentee"
    words = {"what": "Leads the review meetings alone", "to": "Her manager"}
    row = write(
        sheet(sssc, users[first], "review-share"), users[first], words | {first: {"name": first.title(), **SIGN}}
    )
    url = sssc.url(f"outputs/{row.pk}/")

    def sending_is_refused(user) -> None:
        owner = owner_for_reader(row, user)
        with pytest.raises(NotComplete):
            submit_response(
                response=owner.response, actor=user, answers=answers_of(owner.response),
                revision=owner.response.revision, context=owner.context, then=owner.on_submitted,
            )  # fmt: skip

    for user in users.values():
        sending_is_refused(user)
        assert sign_in(user).post(f"{url}pdf/").status_code == 404
        assert sign_in(user).get(f"{url}read/", follow=True).redirect_chain, "there is nothing to read yet"
    assert not Document.objects.exists()
    forged = {second: {"name": second.title(), **SIGN}}
    again = write(row, users[first], forged)
    assert "by" not in answers_of(again.response)[second], "nobody signs for the other"
    sending_is_refused(users[first])
    done = send(row, users[second], {second: {"name": second.title(), **SIGN}})
    assert done.done_at is not None
    kept = answers_of(done.response)
    assert [(kept[side]["by"], bool(kept[side]["at"])) for side in users] == [
        (str(user.pk), True) for user in users.values()
    ]
    printed = worksheet_html(owner_for_reader(done, sssc.mentee))
    for told in ("Leads the review meetings alone", "Her manager", "Mentee: I ask", "Mentor: I agree"):
        assert told in printed
    assert sign_in(sssc.mentee).post(f"{url}pdf/").status_code == 302
    assert right_to(sssc.coordinator, done) < Right.READ
    assert sign_in(sssc.coordinator).post(f"{url}pdf/").status_code == 404


# --- What is off limits -----------------------------------------------------------------------------------------------------

LIMITS = "CANARY my family"


def type_into(pair, user, **answers) -> None:
    """Save the agreement's draft as this person."""
    open_agreement(pairing=pair.pairing, actor=user)
    owner = agreement_owner(user, pair.pairing.pk)
    merged = {**answers_of(owner.response), **answers}
    save_draft(
        response=owner.response, actor=user, answers=merged, revision=owner.response.revision, context=owner.context
    )


@pytest.mark.covers("sssc.must.8")
def test_what_is_off_limits_is_the_mentees_to_say_and_the_mentor_sees_it(sssc, sign_in, at):
    type_into(sssc, sssc.mentee, off_limits=LIMITS)
    type_into(sssc, sssc.mentor, off_limits="Nothing", ground_rules="We come in time")
    owner = agreement_owner(sssc.mentor, sssc.pairing.pk)
    kept = answers_of(owner.response)
    assert (kept["off_limits"], kept["ground_rules"]) == (LIMITS, "We come in time")
    form = page(sign_in(sssc.mentor), f"{sssc.place}agreement/write/")
    assert LIMITS in form
    assert 'name="f-off_limits"' not in form
    assert 'name="f-ground_rules"' in form
    assert 'name="f-off_limits"' in page(sign_in(sssc.mentee), f"{sssc.place}agreement/write/")
    agreement = in_force(sssc)
    session = sssc.session(1)
    assert LIMITS in page(sign_in(sssc.mentor), f"{sssc.place}sessions/{session.pk}/")
    assert LIMITS in page(sign_in(sssc.mentor), f"{sssc.place}agreement/{agreement.number}/")


def in_force(pair):
    """Everything else answered, offered and signed by both."""
    owner = agreement_owner(pair.mentee, pair.pairing.pk)
    answers = {**sample_answers(worksheet_of(owner.response.version), owner.context), **answers_of(owner.response)}
    answers |= {"start": "2026-11-02", "end": "2027-04-30"}
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentee)
    submit_response(
        response=owner.response, actor=pair.mentee, answers=answers, revision=owner.response.revision,
        context=owner.context,
    )  # fmt: skip
    agreement = offer_agreement(agreement=agreement, actor=pair.mentee)
    for user in (pair.mentor, pair.mentee):
        sign_agreement(
            agreement=agreement, actor=user, typed_name=user.name, content_sha256=agreement.content_sha256,
            consent={}, method="code", acknowledged=True,
        )  # fmt: skip
    agreement.refresh_from_db()
    return agreement


# --- Records of meetings ----------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.12")
def test_the_record_of_a_meeting_holds_notes_progress_and_actions_that_stay_open(aspire, sign_in):
    record = {
        "date": "2026-11-02T20:00:00Z", "length": 45, "channel": "video", "notes": "CANARY notes",
        "progress": "CANARY progress", "topics": [],
        "actions": [{"_id": "aaaa0001", "action": "CANARY ask Moana", "owner": "mentee", "due": "2026-11-20"}],
    }  # fmt: skip
    row = send(sheet(aspire, aspire.mentor, "meeting-record"), aspire.mentor, record)
    for user in (aspire.mentor, aspire.mentee):
        shown = page(sign_in(user), aspire.url(f"outputs/{row.pk}/read/"))
        assert all(words in shown for words in ("CANARY notes", "CANARY progress", "CANARY ask Moana"))
        assert "CANARY ask Moana" in page(sign_in(user), f"{aspire.place}actions/")
    action = Action.objects.get()
    assert (action.due_on, action.state) == (dt.date(2026, 11, 20), "open")
    client = sign_in(aspire.mentee)
    assert client.post(f"{aspire.place}actions/{action.pk}/done/?was=open").status_code == 302
    action.refresh_from_db()
    assert action.state == "done"
    told = page(sign_in(aspire.coordinator), aspire.place)
    assert "CANARY" not in told


# --- Check-ins that recur -----------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.arch.3.c")
def test_a_coordinator_has_check_ins_come_round_and_pairs_that_run_already_get_them(aspire, sign_in):
    designer = Designer(sign_in(aspire.coordinator), aspire).open("check-in")
    before = Output.objects.filter(worksheet="check-in").count()
    moment = {
        "title": "Every two weeks", "opens_anchor": "pairing", "due_anchor": "pairing", "due_days": "14",
        "every_unit": "weeks", "every_count": "2", "times": "5", "required": "on",
    }  # fmt: skip
    assert designer.client.post(designer.url("moments/new/"), moment).status_code == 302
    designer.publish()
    with no_scope():
        run_worker("replanning", aspire.organisation, clock.now())
    found = Output.objects.filter(worksheet="check-in", moment__startswith="every-two-weeks").order_by("due_at")
    assert found.count() == Output.objects.filter(worksheet="check-in").count() - before == 5
    days = [row.due_at.date() for row in found]
    assert {(later - earlier).days for earlier, later in itertools.pairwise(days)} == {14}
    assert days[0] >= PAIRED.date() + dt.timedelta(days=14)
    Output.objects.exclude(pk=found[0].pk).update(next_reminder_at=None)
    with no_scope(), clock.at(found[0].due_at + dt.timedelta(days=10)), tenant_scope(aspire.organisation):
        remind_due(clock.now())
    assert {message.email for message in Message.objects.filter(kind__contains="remind")} == {
        aspire.mentor.email, aspire.mentee.email,
    }  # fmt: skip


# --- Groups -------------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.18")
def test_a_group_has_its_meeting_dated_and_held_and_its_record_is_for_all_of_it(db, sign_in):
    group = make_group(kit="aspire", changed=by_the_coordinator)
    with tenant_scope(group.organisation), clock.at(PAIRED):
        helen, *mentees = (group.users[name] for name in ("Helen", "ʻAna", "Sione", "Moana"))
        client = sign_in(helen)
        assert client.get(f"{group.place}sessions/").status_code == 200
        session = group.session(1)
        moved = client.post(
            f"{group.place}sessions/{session.pk}/move/",
            {"day": "2026-11-10", "time": "10:00", "minutes": "60", "platform": "video", "link": ""},
        )
        assert moved.status_code == 302, moved.content.decode()
        session.refresh_from_db()
        assert session.starts_at is not None
        with clock.at(session.starts_at + dt.timedelta(hours=2)):
            assert (
                client.post(
                    f"{group.place}sessions/{session.pk}/held/", {"day": "2026-11-10", "time": "10:00", "minutes": "60"}
                ).status_code
                == 302
            )
            session.refresh_from_db()
            assert session.state == "held"
            row = Output.objects.filter(pairing=group.pairing, worksheet="meeting-record", session=session).get()
            row.pairing = group.fresh()
            sent = send(
                row,
                helen,
                {"date": "2026-11-10T00:00:00Z", "length": 60, "channel": "video", "notes": "CANARY all of us"},
            )
            for user in (helen, *mentees):
                assert "CANARY all of us" in page(sign_in(user), group.url(f"outputs/{sent.pk}/read/"))
            for user in (group.users["Tevita"], group.users["Keoni"], group.coordinator):
                assert sign_in(user).get(group.url(f"outputs/{sent.pk}/read/")).status_code == 404
