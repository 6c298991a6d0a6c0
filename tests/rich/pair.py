"""A pair's path from the confirmation to wherever it stands, through the verbs."""

import datetime as dt
from collections.abc import Sequence

from mentoring import clock
from pairs.domain.actions import actions_of, settle_action
from pairs.domain.agreeing_times import propose_times
from pairs.domain.agreement import adapt_clauses, offer_agreement, open_agreement
from pairs.domain.agreement_text import agreement_kit
from pairs.domain.bringing_tasks import take_in_tasks
from pairs.domain.goals import answer_goal, goals_of
from pairs.domain.introduction import send_introduction
from pairs.domain.inviting import send_invitations
from pairs.domain.logs import pass_on_logs
from pairs.domain.outside_asking import name_outside_signer
from pairs.domain.pairing import confirm_pairing
from pairs.domain.places import Where
from pairs.domain.schedule import Facts, fingerprint, numbered, save_schedule
from pairs.domain.sessions import hold_session, move_session
from pairs.domain.sheets import add_sheet
from pairs.domain.signed_sheets.signing import sign_sheet
from pairs.domain.signing import sign_agreement
from pairs.domain.task_files import TaskTable
from pairs.enums import ActionState
from pairs.models import Agreement, Schedule, Session, SignedSheet
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of, submit_response
from templates_app.domain.sharing import share_response
from templates_app.models import Share
from tests.rich.answers import filled
from tests.rich.marks import Secrecy
from tests.rich.sheets import Pair, write, write_in_vain, write_on
from tests.rich.staff import ZONE

DAY = dt.timedelta(days=1)


def confirm(pair: Pair) -> None:
    """The coordinator makes the pair."""
    company = pair.company
    pair.pairing = confirm_pairing(
        cohort=company.cohort,
        mentor=company.places[pair.mentor],
        mentee=company.places[pair.mentee],
        actor=company.coordinator,
        acknowledged=["conflict", "same_partner"],
    )


def introduce(pair: Pair) -> None:
    """The mentor's letter."""
    send_introduction(
        pairing=pair.pairing,
        subject=pair.mark("mentor", Secrecy.PAIR, "introduction subject"),
        text=pair.mark("mentor", Secrecy.PAIR, "introduction text"),
        starts_at=None,
        link="",
        show_address=False,
        zone=ZONE,
        actor=pair.user("mentor"),
    )


def plan(pair: Pair, starts: Sequence[dt.datetime]) -> None:
    """Dates, platform and link of all sessions, and the invitations to them."""
    facts = Facts(
        frequency="monthly",
        platform="other",
        platform_other=pair.mark("pair", Secrecy.PAIR, "Schedule.platform_other"),
        link=f"https://meet.example/{pair.mark('pair', Secrecy.PAIR, 'Schedule.link')}",
        minutes=60,
    )
    schedule = Schedule.objects.get(pairing=pair.pairing)
    save_schedule(
        pairing=pair.pairing,
        facts=facts,
        starts=dict(enumerate(starts, 1)),
        zone=ZONE,
        seen=fingerprint(schedule, numbered(pair.pairing)),
        actor=pair.user("mentor"),
    )
    last = numbered(pair.pairing)[-1]
    last.pairing = pair.pairing
    assert last.starts_at is not None
    move_session(
        session=last,
        starts_at=last.starts_at,
        minutes=last.minutes,
        link=last.link,
        zone=ZONE,
        where=Where("other", pair.mark("pair", Secrecy.PAIR, "Session.place")),
        actor=pair.user("mentor"),
        told_otherwise=True,
    )
    send_invitations(pairing=pair.pairing, actor=pair.user("mentor"))


def prepare(pair: Pair) -> None:
    """Everything before the first meeting. The mentor opens their reflection to the partner."""
    shared = write(pair, "prep", "before-first-meeting", "mentor", secrecy=Secrecy.PAIR)
    share_response(response=shared.response, audience=Share.Audience.PARTNER, actor=pair.user("mentor"))
    write(pair, "prep", "before-first-meeting", "mentee")
    write(pair, "learning-goals", "before-first-meeting", "mentee")
    for side in ("mentor", "mentee"):
        write(pair, "learning-style", "first-meeting", side)
    write(pair, "goals", "session-1", "mentee")
    secrecy = Secrecy.PASSED_ON if "goals" in pair.consents else Secrecy.PAIR
    for goal in goals_of(pair.pairing):
        answer_goal(
            goal=goal, comment=pair.mark("mentor", secrecy, "Goal.comment"), agreed=True, actor=pair.user("mentor")
        )


def agree(pair: Pair) -> Agreement:
    """The agreement, written, adapted, offered and signed by both."""
    mentor, mentee = pair.user("mentor"), pair.user("mentee")
    agreement = open_agreement(pairing=pair.pairing, actor=mentee)
    response = agreement.response
    sheet = worksheet_of(response.version)
    context = pair.reader("mentee")
    words = filled(
        sheet.fields(),
        _plain(context.user),
        lambda shape: pair.mark("pair", Secrecy.PASSED_ON, f"agreement.{shape.key}"),
    )
    submit_response(
        response=response,
        actor=mentee,
        answers=words | answers_of(response),
        revision=response.revision,
        context=_plain(mentee),
    )
    clause = agreement_kit(pair.pairing).agreement.clauses[0]
    wording = {clause.key: {"text": pair.mark("pair", Secrecy.PASSED_ON, "Agreement.clauses")}}
    response.refresh_from_db()
    adapt_clauses(agreement=agreement, wording=wording, revision=agreement.revision, actor=mentee)
    agreement.refresh_from_db()
    agreement = offer_agreement(agreement=agreement, actor=mentee)
    asked = [item.key for item in agreement_kit(pair.pairing).agreement.consent.items if not item.always]
    for side, user in (("mentor", mentor), ("mentee", mentee)):
        sign_agreement(
            agreement=agreement,
            actor=user,
            typed_name=pair.mark(side, Secrecy.NAME, "SigningEvent.typed_name"),
            content_sha256=agreement.content_sha256,
            consent={key: key in pair.consents for key in asked} if side == "mentee" else None,
            method="code",
        )
    return agreement


def _plain(user):
    from templates_app.domain.responses import plain_context

    return plain_context(user)


def meet(pair: Pair, number: int) -> None:
    """A session takes place, and everything that the handbook asks for with it is written."""
    session = Session.objects.get(pairing=pair.pairing, number=number, part=0)
    assert session.starts_at is not None
    with clock.at(session.starts_at - 2 * DAY):
        _before(pair, number)
    with clock.at(session.starts_at + dt.timedelta(hours=2)):
        hold_session(session=Session.objects.select_related("pairing").get(pk=session.pk), actor=pair.user("mentor"))
        _after(pair, number)
        for side in ("mentee", "mentor") if number > 1 else ():
            write(pair, "learning-log", f"session-{number}", side)
        if f"session-{number}" in pair.passed_on:
            pass_on_logs(reader=pair.reader("mentor"), session=session, actor=pair.user("mentor"))


def _before(pair: Pair, number: int) -> None:
    if number in {3, 4, 5}:
        write(pair, "issues-for-guidance", f"session-{number}", "mentee")
    if number == 6:
        for side in ("mentee", "mentor"):
            write(pair, "closure", "session-6", side)


def _after(pair: Pair, number: int) -> None:
    if number == 1:
        write(pair, "first-meeting", "session-1", "pair")
        write(pair, "intended-outcomes", "session-2", "pair")
        write(pair, "capacity", "session-2", "mentee")
    if number == 2:
        write(pair, "code-and-values", "session-4", "pair")
        notes = add_sheet(reader=pair.reader("mentor"), worksheet="mentor-notes", actor=pair.user("mentor"))
        write_on(pair, notes, "mentor")
    if number == 3:
        write(pair, "goal-review", "mid-point", "mentee")
    if number == 6:
        for side in ("mentee", "mentor"):
            write(pair, "appreciation", "session-6", side)
        write(pair, "afterwards", "session-6", "pair")


def leave_drafts(pair: Pair) -> None:
    """A further self-assessment that is not sent, with a set-aside draft beside it; an action that is done."""
    again = add_sheet(reader=pair.reader("mentee"), worksheet="learning-goals", actor=pair.user("mentee"))
    draft = write_on(pair, again, "mentee", send=False)
    write_in_vain(pair, draft, "mentee")
    add_sheet(reader=pair.reader("mentee"), worksheet="capacity", actor=pair.user("mentee"))
    action = actions_of(pair.pairing)[0]
    action.pairing = pair.pairing
    settle_action(action=action, state=ActionState.DONE, actor=pair.user("mentee"))
    task = TaskTable(["Task"], [(2, [pair.mark("mentee", Secrecy.PAIR, "a task from a file")])])
    take_in_tasks(pairing=pair.pairing, table=task, meanings=["task"], actor=pair.user("mentee"))


def leave_a_sheet_to_sign(pair: Pair) -> None:
    """A plan that the mentee has sent and signed, and that waits for the mentor and somebody outside."""
    mentee = pair.user("mentee")
    output = add_sheet(reader=pair.reader("mentee"), worksheet="signed-plan", actor=mentee)
    output.pairing = pair.reader("mentee").pairing
    name_outside_signer(
        pairing=output.pairing,
        output=output,
        key="supervisor",
        name=pair.mark("mentee", Secrecy.NAME, "who signs a plan from outside"),
        email="una@chief.example",
        actor=mentee,
    )
    write_on(pair, output, "mentee")
    text = SignedSheet.objects.select_related("output").get(output=output)
    text.pairing = output.pairing
    sign_sheet(
        text=text,
        actor=mentee,
        typed_name=pair.mark("mentee", Secrecy.NAME, "SigningEvent.typed_name of a plan"),
        content_sha256=text.content_sha256,
        method="code",
    )


def ask_for_another_time(pair: Pair) -> None:
    """The mentor proposes another time for the fourth session, a day later."""
    session = Session.objects.get(pairing=pair.pairing, number=4, part=0)
    session.pairing = pair.pairing
    assert session.starts_at is not None
    propose_times(session=session, starts=[session.starts_at + DAY], minutes=60, zone=ZONE, actor=pair.user("mentor"))
