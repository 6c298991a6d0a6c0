"""Who reads what of a pair: the one place that turns a worksheet's readers, consent and shares into a right.

Rights are computed when somebody asks, never stored: taking back a consent or a share works at once. What somebody is
writing (a draft, a sheet taken up again) is read by its writers alone.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.anchors import anchors_of
from pairs.domain.answering import GoalChoices, answer_context, goal_choices
from pairs.domain.consents import Answered, Standing, answered, consents_of, is_given
from pairs.domain.instants import Anchors
from pairs.domain.people import People, Person, people_of
from pairs.domain.presence import is_among, is_sent_by_all, stays_known, was_here_for
from pairs.domain.wanted import sides_of, taken_by
from pairs.domain.writers import as_written
from pairs.enums import ActionKind, OutputKind, Right
from pairs.models import Action, Goal, GoalChange, Output, Pairing, Session
from programmes.domain.roles import Roles, roles_for
from templates_app.answers import AnswerContext, Choice
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.domain.owners import MayRead
from templates_app.domain.sharing import audiences_of
from templates_app.models import Response, Share
from templates_app.shapes import FieldShape, Kind, Kit, Preset, Readers, Use, Worksheet

WORKSHEETS = frozenset({OutputKind.WORKSHEET, OutputKind.EVALUATION})
"""Kinds of outputs on which something is written."""
NOT_FOR_PARTNERS = frozenset({Preset.PRIVATE, Preset.AUTHOR_COORDINATOR, Preset.ANONYMOUS})
"""Presets of what partners do not read, unless its writer opens it to them."""


class Reader:
    """One person before the outputs of one pairing. What it must know is read when first asked for, and only once."""

    def __init__(self, user: User, pairing: Pairing, people: People, roles: Roles) -> None:
        self.user = user
        self.pairing = pairing
        self.people = people
        self.person: Person | None = people.of(user)
        self.coordinates = roles.coordinates(pairing.cohort.programme_id)
        self.is_admin = roles.is_admin
        led = roles.led.get(pairing.cohort.programme_id, frozenset())
        self.led = frozenset(p.member.pk for p in people.everyone if p.participant.partner_id in led)

    # --- What must be known -------------------------------------------------------------------------------------------

    @cached_property
    def kit(self) -> Kit:
        """The programme's handbook."""
        return kit_of(self.pairing.cohort.programme.handbook)

    @cached_property
    def worksheets(self) -> dict[str, Worksheet]:
        """The handbook's worksheets as they are now, each with whoever writes it in this pairing. Those out of use come last:
        where one worksheet plays a part, it is one that is in use.
        """
        found = current_versions(self.pairing.cohort.programme.handbook)
        sheets = {key: as_written(worksheet_of(version), self.pairing) for key, version in found.items()}
        return dict(sorted(sheets.items(), key=lambda item: not item[1].in_use))

    @cached_property
    def consents(self) -> dict[str, Standing]:
        """What may reach the coordinator, over everybody who is asked."""
        return consents_of(self.kit.agreement.consent, self.people.here, self._answered)

    def consents_for(self, output: Output) -> dict[str, Standing]:
        """What of one output may reach the coordinator: in a group each of one's own side decides for themselves."""
        writer, at = self.people.member(output.member_id), output.done_at or clock.now()
        deciding = [
            person
            for person in self.people.everyone
            if person is writer or (person.was_here(at) and (writer is None or person.side != writer.side))
        ]
        return consents_of(self.kit.agreement.consent, deciding, self._answered)

    @cached_property
    def _answered(self) -> Answered:
        """What has been answered about consent."""
        return answered(self.pairing)

    @cached_property
    def outputs(self) -> list[Output]:
        """All outputs of the pairing, without what was written on them."""
        return list(Output.objects.filter(pairing=self.pairing))

    @cached_property
    def shares(self) -> dict[UUID, frozenset[str]]:
        """To whom responses are opened by their authors."""
        written = [Response(pk=row.response_id) for row in self.outputs if row.response_id]
        return audiences_of(written)

    @cached_property
    def anchors(self) -> Anchors:
        """The instants that moments hang on."""
        return anchors_of(self.pairing, Session.objects.filter(pairing=self.pairing), self.outputs)

    @property
    def goals(self) -> list[Choice]:
        """The pair's goals, as fields offer them; by number alone those whose words are kept from this person."""
        return self.named["goals"]

    @cached_property
    def named(self) -> GoalChoices:
        """The same of everything on the page of goals, by the names under which fields offer it."""
        return goal_choices(self.pairing.pk, named=self.knows_goal)

    @cached_property
    def _kept_sheets(self) -> dict[UUID | None, Output]:
        """The sheets from which the pair's goals and actions come, by their responses. What stands there is not read."""
        kept = Q(response__in=Goal.objects.filter(pairing=self.pairing).values("response"))
        kept |= Q(response__in=Action.objects.filter(pairing=self.pairing).values("response"))
        rows = Output.objects.filter(kept, pairing=self.pairing)
        rows = rows.select_related("response__version__template", "member")
        found = belonging_to(self.pairing, rows.defer("response__facts", "response__texts"))
        return {row.response_id: row for row in found}

    def context_for(self, output: Output) -> AnswerContext:
        """What an output's answers depend on when this person reads them."""
        return answer_context(output, self.people, self.user, goals=lambda: self.named)

    def as_coordinator(self) -> "Reader":
        """The same pair before a coordinator, for papers that one of the pair has made for them.

        Goals go by their numbers: such a paper outlasts the consent under which it was made.
        """
        roles = Roles(is_member=True, coordinated=frozenset({self.pairing.cohort.programme_id}))
        found = Reader(self.user, self.pairing, self.people, roles)
        found.person = None
        found.__dict__["named"] = goal_choices(self.pairing.pk)
        return found

    def sheet_of(self, output: Output) -> Worksheet | None:
        """The worksheet an output is about: the version it was written on, else the handbook's present one."""
        if output.response is not None:
            return worksheet_of(output.response.version)
        return self.worksheets.get(output.worksheet)

    # --- Rights -------------------------------------------------------------------------------------------------------

    def right_to(self, output: Output) -> Right:
        """What this person may do with an output of the pairing: the highest of what each of their places allows.

        Somebody who coordinates the programme and is one of this pair reads as one of the pair alone: what is written for
        the coordinator and not for the mentoring partner stays with the other coordinators.
        """
        if output.pairing_id != self.pairing.pk:
            raise ValueError("The output belongs to another pairing.")
        found = [Right.NONE]
        if self.person is not None:
            found.append(self._as_writer(output) if self.owes(output) else self._as_partner(output))
        if self.coordinates:
            found.append(self._as_coordinator(output) if self.person is None else Right.STATUS)
        if self.is_admin or (self.led and output.member_id in (None, *self.led)):
            found.append(Right.STATUS)
        return max(found)

    def owes(self, output: Output) -> bool:
        """Whether it is this person's to do, alone or together with the partner."""
        return self.person is not None and output.member_id in (None, *self.person.ids)

    def _as_writer(self, output: Output) -> Right:
        """After the end nothing done is changed any more; what is still open (the evaluation) is finished.

        Who has left a group keeps what they wrote, and what was written together while they were there.
        """
        if self.person is not None and not self.person.is_here:
            return Right.READ if output.member_id is not None or was_here_for(self.person, output) else Right.NONE
        if output.cancelled_at is not None:
            return Right.READ
        return Right.WRITE if self.pairing.is_active or output.done_at is None else Right.READ

    def _as_partner(self, output: Output) -> Right:
        assert self.person is not None
        if not self.person.is_here and not was_here_for(self.person, output):
            return Right.NONE
        sheet = self.sheet_of(output) if output.kind in WORKSHEETS else None
        if sheet is None:
            return Right.STATUS
        if self._is_shared(output, Share.Audience.PARTNER) and was_here_for(self.person, output):
            return Right.READ
        if sheet.readers.preset in NOT_FOR_PARTNERS or not is_among(self.person, sheet.readers):
            return Right.STATUS if output.kind == OutputKind.EVALUATION else Right.NONE
        may_read = is_sent(output) and was_here_for(self.person, output) and self.is_opened(output, sheet)
        return Right.READ if may_read else Right.STATUS

    def writer_of(self, kept: Goal | Action) -> Person | None:
        """On whose sheet a goal or an action stands; ``None`` where it was written together."""
        output = self._kept_sheets.get(kept.response_id)
        return self.people.member(output.member_id) if output is not None else None

    def sheet_with(self, goal: Goal) -> Output | None:
        """The sheet on which a goal was last sent."""
        return self._kept_sheets.get(goal.response_id)

    def _as_coordinator(self, output: Output) -> Right:
        sheet = self.sheet_of(output) if output.kind in WORKSHEETS else None
        if sheet is None or not is_sent(output):
            return Right.STATUS
        if self._is_shared(output, Share.Audience.COORDINATOR):
            return Right.READ
        return Right.READ if self.reaches_coordinator(output, sheet) else Right.STATUS

    def reaches_coordinator(self, output: Output, sheet: Worksheet) -> bool:
        """Whether the coordinator may read it once it is sent: by its preset, the consent, and for logs their being passed
        on, where the handbook has somebody gather them.
        """
        if sheet.readers.preset is Preset.AUTHOR_COORDINATOR:
            return True
        if sheet.readers.preset is not Preset.COORDINATOR or not self.is_consented(output, sheet.readers):
            return False
        return not self.is_passed_on(sheet) or output.passed_on_at is not None

    def is_passed_on(self, sheet: Worksheet) -> bool:
        """Whether sheets of this kind reach the coordinator only once one of the pair passes them on."""
        return sheet.use is Use.LOG and bool(taken_by(self.kit, OutputKind.COMPILE))

    def knows_goal(self, goal: Goal) -> bool:
        """Whether this person may read a goal's words: those who may read the sheet on which they were sent.

        While its writer has the sheet in hand again the words are still what was sent: they stay with whom the sheet is
        for. To whom it was opened by a share it is closed meanwhile.
        """
        return self._knows_kept(goal.response_id, lambda field: field.key == goal.field) or self._opened_alone(goal)

    def _opened_alone(self, goal: Goal) -> bool:
        """Whether its writer opened this one goal to the partner, of a sheet that stays theirs."""
        output = self._kept_sheets.get(goal.response_id)
        sheet = self.sheet_of(output) if output is not None and goal.shared_at else None
        if self.person is None or output is None or sheet is None:
            return False
        return is_among(self.person, sheet.readers) and stays_known(self.person, output)

    def knows_change(self, goal: Goal, change: GoalChange) -> bool:
        """Whether this person, who may read the goal, may also read what it once was: what stood on a sheet they may not
        read is theirs only from the moment on at which the goal was opened to them.
        """
        if self._knows_kept(change.response_id, lambda field: field.key == goal.field):
            return True
        return goal.shared_at is not None and (change.changed_at >= goal.shared_at or change.words == goal.words)

    def remember(self, outputs: Iterable[Output]) -> None:
        """All outputs of the pairing as somebody has read them with their responses: they need not be read again."""
        self.__dict__["_kept_sheets"] = {row.response_id: row for row in outputs if row.response_id}

    def knows_action(self, action: Action) -> bool:
        """Whether this person may read an action's words: those who may read the sheet on which they were sent; of one that
        came from a file those who were in the pairing then.
        """
        if action.kind == ActionKind.FILE:
            return self.person is not None and self.person.was_here(action.created_at)
        return self._knows_kept(
            action.response_id, lambda field: field.key == action.field if action.field else field.kind is Kind.ACTION
        )

    def _knows_kept(self, response_id: UUID | None, comes_from: Callable[[FieldShape], bool]) -> bool:
        output = self._kept_sheets.get(response_id)
        sheet = self.sheet_of(output) if output is not None else None
        if output is None or sheet is None:
            return False
        may_read = self.field_filter(output)
        if not all(may_read(field) for field in sheet.fields() if comes_from(field)):
            return False
        if self.person is not None:
            return self.owes(output) or self._reaches_partner(output, sheet)
        shared = self._is_shared(output, Share.Audience.COORDINATOR)
        return self.coordinates and (shared or self.reaches_coordinator(output, sheet))

    def _reaches_partner(self, output: Output, sheet: Worksheet) -> bool:
        if self._is_shared(output, Share.Audience.PARTNER):
            return True
        if sheet.readers.preset in NOT_FOR_PARTNERS or not is_among(self.person, sheet.readers):
            return False
        there = self.person is not None and stays_known(self.person, output)
        return there and self.is_opened(output, sheet)

    def is_consented(self, output: Output, readers: Readers) -> bool:
        """Whether consent, where the worksheet is gated by one, has been given and stands."""
        return readers.consent is None or is_given(self.consents_for(output), readers.consent)

    def is_opened(self, output: Output, sheet: Worksheet) -> bool:
        """Whether a sent worksheet is open to the partner by now."""
        readers = sheet.readers
        if readers.opens == "at-once":
            return True
        if readers.opens == "both-sent":
            fills = self.person is not None and self.person.side in sides_of(sheet.filled_by)
            return is_sent_by_all(output, self.outputs, self.people, self.person, fills=fills)
        opens = self.anchors.at(readers.opens_at) if readers.opens_at else None
        return opens is not None and opens <= clock.now()

    def _is_shared(self, output: Output, audience: Share.Audience) -> bool:
        return is_sent(output) and audience in self.shares.get(output.response_id, frozenset())  # type: ignore[arg-type]

    # --- Fields -------------------------------------------------------------------------------------------------------

    def field_filter(self, output: Output) -> MayRead:
        """Which fields of an output this person may read, given that they may read the output at all."""

        def may_read(field: FieldShape) -> bool:
            if not field.readers or self.owes(output):
                return True
            preset = Preset(field.readers)
            if self.person is not None:
                return preset not in NOT_FOR_PARTNERS
            return preset in {Preset.COORDINATOR, Preset.AUTHOR_COORDINATOR}

        return may_read


def is_sent(output: Output) -> bool:
    """Whether what was written is sent and not taken up again."""
    return output.response is not None and output.response.is_submitted


def reader_of(user: User, pairing: Pairing) -> Reader:
    """That person before that pairing. No query of its own but the people, where they are not there yet."""
    return Reader(user, pairing, people_of(pairing), roles_for(user))


def right_to(user: User, output: Output) -> Right:
    """What a person may do with one output. For several use one ``reader_of``."""
    return reader_of(user, output.pairing).right_to(output)


def readable_outputs_for(user: User, pairing: Pairing) -> list[Output]:
    """The outputs on which this person may read what was written. A constant number of queries."""
    reader = reader_of(user, pairing)
    rows = Output.objects.filter(pairing=pairing, response__isnull=False)
    rows = rows.select_related("response__version__template", "session", "member")
    return readable(reader, belonging_to(pairing, rows))


def belonging_to(pairing: Pairing, rows: Iterable[Output]) -> list[Output]:
    """The outputs, each with the pairing that is there already: what hangs on it (cohort, people) is not read again."""
    found = list(rows)
    for row in found:
        row.pairing = pairing
    return found


def readable(reader: Reader, rows: Iterable[Output]) -> list[Output]:
    """Those of the outputs that the reader may read."""
    return [row for row in rows if reader.right_to(row) >= Right.READ]
