"""That the coordinator has what a pair passed to them: marked with its day, and the pair sees it (``sssc.must.79``)."""

from collections.abc import Iterable

from django.db import transaction

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.swapping import swap
from pairs.domain.people import people_of
from pairs.domain.reading import WORKSHEETS, Reader, is_sent, reader_of
from pairs.domain.telling import page_of, tell, tell_user
from pairs.domain.wanted import title_words
from pairs.enums import OutputKind, Right
from pairs.models import Output
from programmes.domain.coordinators import coordinators_of
from templates_app.domain.kits import worksheet_of


def may_receive(reader: Reader, output: Output) -> bool:
    """Whether this person, as a coordinator, may mark it as received: it is sent, it reaches them, and nobody has yet.

    Of two hats the pair's counts: whoever is one of the pair receives nothing of it.
    """
    reaches = reader.coordinates and reader.person is None and output.kind in WORKSHEETS - {OutputKind.EVALUATION}
    return reaches and is_sent(output) and output.received_at is None and reader.right_to(output) >= Right.READ


@transaction.atomic
def receive_outputs(*, reader: Reader, outputs: Iterable[Output], actor: User) -> list[Output]:
    """Mark these as received, those of them that the coordinator may and that nobody has marked; returns them.

    Of a sheet with which somebody asked for help its writers are told.
    """
    now = clock.now()
    waiting = Output.objects.filter(received_at=None, done_at__isnull=False)
    found = [row for row in outputs if may_receive(reader, row) and swap(row, waiting, received_at=now)]
    for row in found:
        record_event("output.received", row, actor=actor, within=reader.pairing, title=row.title)
        if row.response is not None and worksheet_of(row.response.version).to_coordinator == "help":
            _tell_writers(reader, row)
    return found


def _tell_writers(reader: Reader, output: Output) -> None:
    writer = reader.people.member(output.member_id)
    link, title = page_of("pairs:output_read", output.pk), title_words(output.kind, output.title)
    for person in [writer] if writer else reader.people.here:
        occasion = f"received-{output.pk}-{output.received_at}"
        tell("sheet_received", person.member, about=output, occasion=occasion, link=link, title=title)


def tell_coordinators(output: Output) -> None:
    """Say to those who coordinate, and may read it, that a sheet is there which was written for them; no word of it."""
    people = people_of(output.pairing)
    response = output.response
    if response is None or worksheet_of(response.version).to_coordinator not in {"news", "help"}:
        return
    writer = people.member(output.member_id)
    names = {"by": writer.name if writer else people.label, "title": title_words(output.kind, output.title)}
    occasion, link = f"arrived-{output.pk}-{response.revision}", page_of("pairs:output_read", output.pk)
    for coordinator in coordinators_of(output.pairing.cohort.programme):
        reader = reader_of(coordinator, output.pairing)
        if reader.person is None and reader.right_to(output) >= Right.READ:
            tell_user("sheet_arrived", coordinator, about=output, occasion=occasion, link=link, **names)
