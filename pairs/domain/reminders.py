"""The reminder tick: find what is owed and due for a reminder, say so once, and note when to look again.

A missed tick catches up with one reminder; a doubled tick finds nothing. Each output is handled in a savepoint of its
own, and so is what a programme's coordinators hear: one that cannot be told does not hold up the others.
"""

import datetime as dt
import logging
import re
from collections import defaultdict
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import notify
from mentoring.notices.models import Message
from mentoring.ui import dates
from pairs.domain.instants import local_day
from pairs.domain.output_pages import page_path
from pairs.domain.people import People, Person, members_prefetch, people_of
from pairs.domain.planning import next_wake, owing
from pairs.domain.reminding import kind_owed, must_escalate, must_remind, next_instant, rule_for, when_to_tell
from pairs.domain.survey_asking import ask
from pairs.domain.surveys import asked_by, goes_on, without_names
from pairs.domain.telling import page_of, tell_user
from pairs.domain.wanted import title_words
from pairs.enums import OutputKind, PairingState
from pairs.models import Output
from programmes.domain.coordinators import coordinators_of
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.models import Handbook
from templates_app.shapes import Kit, Reminder, Survey, Worksheet

log = logging.getLogger(__name__)

BATCH = 200
PUT_OFF = dt.timedelta(hours=1)
_PLACE = re.compile(r"\{(\w+)\}")


def remind_due(now: dt.datetime) -> dt.datetime | None:
    """Do everything that is due at ``now``, at most ``BATCH`` outputs; returns when to look again."""
    rows = list(_due(now))
    if not rows:
        return next_wake()
    run = _Run(now, rows)
    with transaction.atomic():
        for output in rows:
            try:
                with transaction.atomic():
                    run.handle(output)
            except SoftTimeLimitExceeded:
                raise
            except Exception:
                log.exception("The output %s could not be reminded", output.pk)
                Output.objects.filter(pk=output.pk).update(next_reminder_at=now + PUT_OFF)
        run.tell_coordinators()
    return next_wake()


def _due(now: dt.datetime) -> QuerySet[Output]:
    """The outputs to look at now. Found in the index alone; what belongs to them is read only for those few."""
    found = owing().filter(next_reminder_at__lte=now).order_by("next_reminder_at", "pk")
    ids = list(found.values_list("pk", flat=True)[:BATCH])
    rows = Output.objects.filter(pk__in=ids).select_related("pairing__cohort__programme", "session", "member")
    return rows.prefetch_related(members_prefetch("pairing__members")).order_by("next_reminder_at", "pk")


def _is_chased(output: Output) -> bool:
    """Running pairs are reminded. Of the evaluation also those that are completed; nobody after an early end."""
    state = output.pairing.state
    return state == PairingState.ACTIVE or (state == PairingState.COMPLETED and output.kind == OutputKind.EVALUATION)


def is_still_owed(message: Message) -> bool:
    """Check of the handbook's reminders at the moment of sending: it is still open, and its pair still chased."""
    output = Output.objects.select_related("pairing").filter(pk=message.subject_id).first()
    return output is not None and output.is_open and _is_chased(output)


def is_still_open(message: Message) -> bool:
    """Check of the reminders that people send: what it reminds of is neither done nor cancelled."""
    output = Output.objects.filter(pk=message.subject_id).first()
    return output is not None and output.is_open


class _Run:
    """One tick: what it has read of handbooks, and what coordinators are to hear of."""

    def __init__(self, now: dt.datetime, rows: list[Output]) -> None:
        self.now = now
        self.handbooks: dict[UUID, Handbook] = Handbook.objects.in_bulk(
            {row.pairing.cohort.programme.handbook_id for row in rows}
        )
        self.kits: dict[UUID, Kit] = {}
        self.sheets: dict[UUID, dict[str, Worksheet]] = {}
        self.escalated: dict[UUID, list[Output]] = defaultdict(list)
        self.coordinators: dict[UUID, list[User]] = {}

    def handle(self, output: Output) -> None:
        """Remind of one output, or note it for the coordinator, and set its next instant. Compare-and-swap: of two
        ticks at once, the second finds that it was done.
        """
        rule, sheet, survey = self._rule(output)
        pairing = output.pairing
        if survey is not None and output.asked_at is None:
            return ask(output, survey, sheet, rule, self.now)
        if rule is None or not _is_chased(output) or not goes_on(survey, pairing):
            Output.objects.filter(pk=output.pk).update(next_reminder_at=None)
            return None
        people = people_of(pairing)
        zones = people.zones(output.member_id)
        remind = must_remind(rule, output, zones, self.now)
        escalate = must_escalate(rule, output, zones, self.now)
        before = output.next_reminder_at
        output.reminders_sent += int(remind)
        output.escalated_at = self.now if escalate else output.escalated_at
        output.next_reminder_at = next_instant(rule, output, zones, self.now)
        taken = Output.objects.filter(pk=output.pk, next_reminder_at=before, done_at=None, cancelled_at=None).update(
            reminders_sent=F("reminders_sent") + int(remind),
            escalated_at=output.escalated_at,
            next_reminder_at=output.next_reminder_at,
        )
        if taken and remind:
            for person in self._owing(output, people):
                self._remind(output, rule, people, person, planned=before or self.now)
        if taken and escalate:
            self.escalated[pairing.cohort.programme_id].append(output)
        return None

    def _rule(self, output: Output) -> tuple[Reminder | None, Worksheet | None, Survey | None]:
        """By which rule it is reminded, on which worksheet, and the survey it came with."""
        handbook = output.pairing.cohort.programme.handbook_id
        if handbook not in self.sheets:
            self._read(self.handbooks[handbook])
        sheet = self.sheets[handbook].get(output.worksheet)
        kit = self.kits[handbook]
        survey = asked_by(kit, sheet, output)
        rule = rule_for(kit.reminders, kind_owed(output, sheet.use if sheet else None))
        return without_names(rule, survey), sheet, survey

    def _read(self, handbook: Handbook) -> None:
        """Once a handbook, when it is first needed: one that cannot be read holds up its own outputs only."""
        self.kits[handbook.pk] = kit_of(handbook)
        versions = current_versions(handbook)
        self.sheets[handbook.pk] = {name: worksheet_of(version) for name, version in versions.items()}

    def _owing(self, output: Output, people: People) -> list[Person]:
        one = people.member(output.member_id)
        return [one] if one else people.present

    def _remind(self, output: Output, rule: Reminder, people: People, person: Person, *, planned: dt.datetime) -> None:
        if person.user is None or output.due_at is None:
            return
        words = self._words(output, people, person)
        notify(
            "pairs.reminder",
            person.user,
            about=output,
            occasion=f"{output.pk}:{output.due_at:%Y-%m-%dT%H:%M}:{output.reminders_sent}",
            context={
                "subject": fill(rule.subject, words),
                "text": fill(rule.text, words),
                "title": words["item"],
                "due": words["date"],
                "action_url": words["link"],
            },
            not_before=when_to_tell(self.now, planned, person.zone),
        )

    def _words(self, output: Output, people: People, person: Person) -> dict[str, str]:
        assert output.due_at is not None
        programme = output.pairing.cohort.programme
        named = [user.name for user in self._coordinators(output)]
        return {
            "person": person.first_name,
            "partner": people.others(person).short_name,
            "coordinator": named[0] if named else _("the coordinator"),
            "programme": programme.title,
            "item": title_words(output.kind, output.title),
            "session": str(output.session.number) if output.session else "",
            "date": dates.day(local_day(output.due_at, person.zone)),
            "link": page_of(*page_path(output)),
        }

    def _coordinators(self, output: Output) -> list[User]:
        programme = output.pairing.cohort.programme
        if programme.pk not in self.coordinators:
            self.coordinators[programme.pk] = coordinators_of(programme)
        return self.coordinators[programme.pk]

    def tell_coordinators(self) -> None:
        """One message for everything that became theirs in this tick: who owes what since when, and not a word more.

        Where a programme's cannot be told, its outputs are as if they had not come to them yet, and come again later.
        """
        for programme_id, outputs in self.escalated.items():
            try:
                with transaction.atomic():
                    self._tell_of(outputs)
            except SoftTimeLimitExceeded:
                raise
            except Exception:
                log.exception("The coordinators of programme %s could not be told", programme_id)
                untold = Output.objects.filter(pk__in=[output.pk for output in outputs])
                untold.update(escalated_at=None, next_reminder_at=self.now + PUT_OFF)

    def _tell_of(self, outputs: list[Output]) -> None:
        first = outputs[0]
        lines = [self._line(output) for output in outputs]
        occasion = f"{first.pk}:{self.now:%Y-%m-%dT%H:%M}"
        for user in self._coordinators(first):
            tell_user(
                "escalation",
                user,
                about=first.pairing.cohort.programme,
                occasion=occasion,
                link=lines[0]["link"],
                lines=lines,
                programme=first.pairing.cohort.programme.title,
            )

    def _line(self, output: Output) -> dict[str, str]:
        people = people_of(output.pairing)
        assert output.due_at is not None
        return {
            "who": ", ".join(person.name for person in self._owing(output, people)),
            "pair": people.label,
            "what": title_words(output.kind, output.title),
            "due": dates.day(local_day(output.due_at, output.pairing.cohort.zone)),
            "link": page_of("pairs:pairing", output.pairing_id),
        }


def fill(text: str, words: dict[str, str]) -> str:
    """Put words into the places a text leaves between braces; places that are not known stay as they are."""
    return _PLACE.sub(lambda place: words.get(place[1], place[0]), text)
