"""The tables in which nobody wrote: people, pairings, sessions; and actions, whose words only their readers get."""

from collections.abc import Iterable
from uuid import UUID

from evaluation.domain.exporting.tables import Scope, Table, names, yes
from pairs.enums import OutputKind, Right
from pairs.models import Action, Output, Session
from programmes.domain.expenses.queries import kinds_of, lines_of, looked_after
from programmes.models import Participant


def people_table(scope: Scope) -> Table:
    """Everybody in the cohorts. No sensitive answers: those stand in the profiles, for coordinators."""
    table = Table(
        "people",
        [
            *("cohort", "role", "state", "given name", "family name", "e-mail", "country", "time zone", "employer"),
            *("job title", "put forward by", "pairs at once", "joined (UTC)"),
        ],
    )
    rows = Participant.objects.filter(cohort__in=scope.cohorts).select_related("cohort", "partner")
    if scope.participants is not None:
        rows = rows.filter(pk__in=scope.participants)
    for row in rows.order_by("cohort__starts_on", "side", "family_name", "given_name"):
        who = [row.given_name, row.family_name, row.email, row.country, row.zone, row.employer, row.title]
        standing = [row.cohort.title, row.get_side_display(), row.get_state_display()]
        table.rows.append([*standing, *who, str(row.partner or ""), row.capacity, row.joined_at])
    return table


def pairings_table(scope: Scope) -> Table:
    """Every pairing with its dates and how far it is. That one ended early is said; who ended it is known to nobody."""
    table = Table(
        "pairings",
        [
            *("pairing", "cohort", "mentee", "mentor", "state", "paired (UTC)", "ended (UTC)"),
            *("required outputs", "required outputs done", "model"),
        ],
    )
    required: dict[UUID, list[bool]] = {pairing.pk: [] for pairing in scope.pairings}
    rows = Output.objects.filter(pairing__in=scope.pairings, required=True, cancelled_at__isnull=True)
    for pairing_id, done_at in rows.values_list("pairing", "done_at"):
        required[pairing_id].append(done_at is not None)
    for pairing in scope.pairings:
        facts = [pairing.get_state_display(), pairing.started_at, pairing.ended_at]
        owed = required[pairing.pk]
        head = [str(pairing.pk), pairing.cohort.title, *names(scope.people[pairing.pk])]
        table.rows.append([*head, *facts, len(owed), sum(owed), pairing.get_model_display()])
    return table


def sessions_table(scope: Scope) -> Table:
    """Every session with its date and length."""
    table = Table(
        "sessions",
        [
            *("pairing", "mentee", "mentor", "session", "part", "state", "starts (UTC)"),
            *("planned minutes", "held minutes"),
        ],
    )
    for row in Session.objects.filter(pairing__in=scope.pairings).order_by("pairing", "number", "part"):
        head = [str(row.pairing_id), *names(scope.people[row.pairing_id]), row.number, row.part]
        table.rows.append([*head, row.get_state_display(), row.starts_at, row.minutes, row.held_minutes])
    return table


def actions_table(scope: Scope) -> Table:
    """Every action with its state. Its words only where the maker may read the sheet it came from."""
    table = Table(
        "actions",
        ["pairing", "mentee", "mentor", "kind", "whose", "until", "state", "words shown", "action"],
    )
    readable = readable_responses(scope)
    rows = Action.objects.filter(pairing__in=scope.pairings).select_related("session")
    for row in rows.order_by("pairing", "created_at"):
        people = scope.people[row.pairing_id]
        owner = people.member(row.owner_id)
        shown = row.response_id in readable
        head = [str(row.pairing_id), *names(people), row.get_kind_display(), owner.name if owner else ""]
        table.rows.append([*head, row.due_on, row.get_state_display(), yes(shown), row.text if shown else ""])
    return table


def readable_responses(scope: Scope) -> set[UUID]:
    """Ids of the sent responses whose words the maker may read."""
    rows = outputs_with_responses(scope)
    return {row.response_id for row in rows if row.response_id and may_show(scope, row)}


def outputs_with_responses(scope: Scope, worksheet: str = "") -> Iterable[Output]:
    """The worksheets of the pairs (or one of them), with the state of what was written but not its words."""
    rows = Output.objects.filter(pairing__in=scope.pairings).exclude(worksheet="")
    rows = rows.filter(worksheet=worksheet) if worksheet else rows
    rows = rows.filter(kind__in=[OutputKind.WORKSHEET, OutputKind.EVALUATION])
    return rows.select_related("session", "response__version__template").defer("response__texts", "response__facts")


def may_show(scope: Scope, output: Output) -> bool:
    """Whether what was sent may stand in this person's export. What is being written is nobody's."""
    sent = output.response is not None and output.response.is_submitted
    return sent and scope.readers[output.pairing_id].right_to(output) >= Right.READ


def expenses_table(scope: Scope) -> Table:
    """Every expense of the claims that the maker looks after; none for anybody who decides on no claims."""
    table = Table(
        "expenses",
        [
            *("cohort", "role", "name", "claim", "state", "sent (UTC)", "paid on", "kind", "what for", "amount"),
            *("currency", "receipt", "decided by", "decided (UTC)", "reason"),
        ],
    )
    claims = {row.pk: row for row in looked_after(scope.user).filter(participant__cohort__in=scope.cohorts)}
    if scope.participants is not None:
        claims = {pk: row for pk, row in claims.items() if row.participant_id in scope.participants}
    kinds = kinds_of(scope.programme)
    for claim_id, lines in lines_of(claims.values()).items():
        claim = claims[claim_id]
        person, decider = claim.participant, claim.decided_by
        head = [person.cohort.title, person.get_side_display(), person.name, str(claim.pk), claim.get_state_display()]
        decided = [decider.name if decider else "", claim.decided_at, claim.reason]
        for line in lines:
            spent = [line.spent_on, kinds.get(line.kind, line.kind), line.what, float(line.amount), line.currency]
            table.rows.append([*head, claim.sent_at, *spent, yes(line.receipt_name), *decided])
    return table
