"""A pair's steps as its people take them, each at its time, through the same verbs as the pages."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from demo.story import words
from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.agreement import open_agreement
from pairs.domain.agreement_owner import owner_of as agreement_owner_of
from pairs.domain.introduction import send_introduction
from pairs.domain.inviting import send_invitations
from pairs.domain.logs import pass_on_logs
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.people import people_of
from pairs.domain.queries import get_pairing_for, with_response
from pairs.domain.reading import reader_of
from pairs.domain.schedule import Facts, fingerprint, numbered, save_schedule
from pairs.domain.sessions import hold_session
from pairs.domain.signing import sign_agreement
from pairs.models import Output, Pairing, Schedule, Session
from templates_app.domain.responses import answers_of, submit_response

CONSENT = {"logs": True, "capacity": True, "goals": True, "checklist": True, "closure": True}
LINK = "https://meet.example/mentoring"


class Path:
    """One pair on its way. ``begin`` is the day the pair was confirmed; days count from there."""

    def __init__(self, pairing: Pairing, begin: dt.datetime) -> None:
        self.pk = pairing.pk
        self.begin = begin
        people = people_of(pairing)
        assert people.mentor.user is not None
        assert people.mentee.user is not None
        self.mentor: User = people.mentor.user
        self.mentee: User = people.mentee.user

    def pairing(self, user: User) -> Pairing:
        """The pairing as one of the two sees it now."""
        return get_pairing_for(user, self.pk)

    def at(self, day: float):
        """So many days after the beginning, at a good hour for the mentee."""
        local = (self.begin + dt.timedelta(days=day)).astimezone(ZoneInfo(self.mentee.zone))
        return clock.at(local.replace(hour=9 + int((day % 1) * 10), minute=0, second=0, microsecond=0))

    def session_start(self, day: int) -> dt.datetime:
        """Nine o'clock in the mentee's morning on that day."""
        local = (self.begin + dt.timedelta(days=day)).astimezone(ZoneInfo(self.mentee.zone))
        return local.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(dt.UTC)

    def introduce(self, first_session_day: int) -> None:
        """The mentor's letter, with date and link."""
        pairing = self.pairing(self.mentor)
        send_introduction(
            pairing=pairing,
            subject="Hello from your mentor",
            text=f"Dear {self.mentee.short_name},\n\nI am glad that we have been paired. I propose a first call so that we get to know each other.\n\n{self.mentor.short_name}",
            starts_at=self.session_start(first_session_day),
            link=LINK,
            show_address=False,
            zone=self.mentor.zone,
            actor=self.mentor,
        )

    def schedule(self, days: list[int], platform: str = "teams") -> None:
        """The dates of all sessions in one form; the mentor then sends the invitations."""
        pairing = self.pairing(self.mentor)
        starts: dict[int, dt.datetime | None] = {
            number: self.session_start(day) for number, day in enumerate(days, start=1)
        }
        seen = fingerprint(Schedule.objects.get(pairing=pairing), numbered(pairing))
        facts = Facts(frequency="monthly", platform=platform, platform_other="", link=LINK, minutes=60)
        save_schedule(pairing=pairing, facts=facts, starts=starts, zone=self.mentee.zone, seen=seen, actor=self.mentee)

    def invite(self) -> None:
        """Calendar invitations for all sessions."""
        send_invitations(pairing=self.pairing(self.mentor), actor=self.mentor)

    def hold(self, number: int, minutes: int = 65) -> None:
        """A session was held."""
        session = Session.objects.get(pairing=self.pk, number=number, part=0)
        session.pairing = self.pairing(self.mentor)
        hold_session(session=session, actor=self.mentor, minutes=minutes)

    def write(self, user: User, worksheet: str, answers: dict[str, Any], moment: str = "") -> None:
        """Fill in a worksheet and send it: where it is owed at several moments, the given one, or that which comes first."""
        pairing = self.pairing(user)
        reader = reader_of(user, pairing)
        rows = with_response(Output.objects.filter(pairing=pairing, worksheet=worksheet)).select_related("session")
        owed = [row for row in rows if reader.owes(row) and moment in ("", row.moment)]
        output = min(owed, key=lambda row: (row.due_at is None, row.due_at))
        output.pairing = pairing
        response = begin_response(output=output, actor=user, people=reader.people)
        owner = owner_of(output, reader)
        submit_response(
            response=response,
            actor=user,
            answers={**answers_of(response), **answers},
            revision=response.revision,
            context=owner.context,
            then=owner.on_submitted,
        )

    def offer_agreement(self, answers: dict[str, Any]) -> None:
        """Write the agreement and send it for signing."""
        agreement = open_agreement(pairing=self.pairing(self.mentee), actor=self.mentee)
        agreement.pairing = self.pairing(self.mentee)
        owner = agreement_owner_of(self.mentee, agreement)
        submit_response(
            response=owner.response,
            actor=self.mentee,
            answers={**answers_of(owner.response), **answers},
            revision=owner.response.revision,
            context=owner.context,
            then=owner.on_submitted,
        )

    def sign(self, user: User) -> None:
        """Sign what was offered, with one's name; the mentee says what reaches the coordinator."""
        self._sign(user, typed_name=user.name, consent=CONSENT if user == self.mentee else None)

    def tick(self, user: User) -> None:
        """Say yes to what was offered, where the handbook asks for no more than that."""
        self._sign(user, typed_name="", acknowledged=True, consent={} if user == self.mentee else None)

    def _sign(self, user: User, **how: Any) -> None:
        pairing = self.pairing(user)
        agreement = pairing.agreements.select_related("response__version").latest("number")
        agreement.pairing = pairing
        sign_agreement(agreement=agreement, actor=user, content_sha256=agreement.content_sha256, method="code", **how)

    def log(self, number: int, side: str, answers: dict[str, Any] | None = None) -> None:
        """One person's learning log of a session."""
        user = self.mentee if side == "mentee" else self.mentor
        self.write(user, "learning-log", answers or words.plain_log(number, side), f"session-{number}")

    def pass_on(self, number: int) -> None:
        """The mentor passes a session's logs to the coordinator."""
        pairing = self.pairing(self.mentor)
        session = Session.objects.get(pairing=pairing, number=number, part=0)
        pass_on_logs(reader=reader_of(self.mentor, pairing), session=session, actor=self.mentor)
