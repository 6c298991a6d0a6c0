"""What a figure's form still has to say, in plain words: as the checks of a kit ask for it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from programmes.domain.handbook.measure_said import Said, parted
from programmes.domain.handbook.measure_shape import OF_MENTEES
from programmes.domain.handbook.measuring import AT_LEAST, Subject
from templates_app.shapes import Reckoning

Fault = tuple[tuple[str | int, ...], str]
"""Where in the measure something is missing, and what to do about it."""


def lacking(reckon: Reckoning, about: Sequence[Subject], said: Said) -> Iterator[Fault]:
    """What the form has to say besides, each with its place: as the checks of a kit ask for it."""
    for name in said:
        if name.partition("_")[0] == "fits":
            yield from _of_conditions(name, said[name] or ())
        elif name.partition("_")[0] == "weights":
            yield from _of_weights(name, said[name] or ())
    if reckon is Reckoning.CHANGE and len(said.get("surveys") or ()) < 2:
        yield ("surveys",), _("Choose two surveys at least: where it began, and where it is now.")
    if reckon is Reckoning.GAP and len(said.get("of") or ()) != 2:
        yield ("of",), _("Choose two.")
    if reckon is Reckoning.SHARE and not said.get("fits"):
        yield (), _("Say which answers count: choose one at least.")
    if reckon is Reckoning.ROWS and not (said.get("fits") or said.get("weights")):
        yield (), _("Say what a row counts, or what must hold of it.")
    if bool(said.get("goal")) != bool(said.get("within_days")):
        yield ("within_days",), _("Choose the column of the goal and a number of days, or neither.")
    yield from _of_activity(said)
    for place, one in enumerate(about if reckon is Reckoning.TOGETHER else ()):
        yield from _of_parts(place, one, said)


def _of_activity(said: Said) -> Iterator[Fault]:
    if said.get("counts") == "sheets" and not said.get("worksheets"):
        yield ("worksheets",), _("Choose the worksheets that count.")
    if said.get("counts") in OF_MENTEES and said.get("side") == "mentor":
        yield ("counts",), _("Tasks and milestones are counted for mentees alone.")


def _of_parts(place: int, subject: Subject, said: Said) -> Iterator[Fault]:
    words = {"part": subject.title}
    if subject.rows and not said.get(f"weights_{place}"):
        yield (), _("Say what a row counts: %(part)s.") % words
    elif not subject.rows and not said.get(f"fits_{place}"):
        yield (), _("Say what has to hold: %(part)s.") % words
    if subject.rows and not 1 <= (said.get(f"share_{place}") or 0) <= 100:
        yield (f"share_{place}",), _("Give a number from 1 to 100.")


def _of_conditions(name: str, rows: Sequence[Said]) -> Iterator[Fault]:
    for place, row in enumerate(rows):
        needs = str(row["answer"]).endswith(AT_LEAST)
        if needs and row["at_least"] is None:
            yield (name, place, "at_least"), _("At least how much?")
        elif not needs and row["at_least"] is not None:
            yield (name, place, "at_least"), _("Leave this empty, or choose “at least” of this question.")


def _of_weights(name: str, rows: Sequence[Said]) -> Iterator[Fault]:
    for place, row in enumerate(rows):
        if not 0 <= row["counts"] <= 1:
            yield (name, place, "counts"), _("A row counts from 0, not at all, to 1, in full.")
        if parted(row["answer"])[0] != parted(rows[0]["answer"])[0]:
            yield (name, place, "answer"), _("Weigh the answers of one question alone.")
        if any(row["answer"] == other["answer"] for other in rows[:place]):
            yield (name, place, "answer"), _("This answer stands above already.")
