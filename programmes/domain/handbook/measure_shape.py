"""How each way of reckoning is asked for in a form, and what the form says as the shapes have it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.handbook import words
from programmes.domain.handbook.choosing import pairs_own
from programmes.domain.handbook.fields import Field
from programmes.domain.handbook.measuring import (
    ANY,
    AT_LEAST,
    IS,
    Subject,
    answers,
    conditions,
    dates,
    never_blank,
    on_a_scale,
    title_of_survey,
)
from templates_app.shapes import FieldShape, Indicator, Kit, Measure, Reckoning

Said = dict[str, Any]
Fault = tuple[tuple[str | int, ...], str]
"""Where in the measure something is missing, and what to do about it."""
COUNTED = (
    ("sessions", gettext_lazy("sessions that were held")),
    ("hours", gettext_lazy("hours in sessions")),
    ("sheets", gettext_lazy("worksheets that were sent, of those named below")),
    ("tasks", gettext_lazy("tasks that were done, of mentees alone")),
    ("milestones", gettext_lazy("milestones that were reached, of mentees alone")),
)
_OF_MENTEES = ("tasks", "milestones")
_EVERY_ONE = gettext_lazy(
    "One on each line; all of them have to hold. Answers of the same question stand for one or the other."
)
_WEIGHT = gettext_lazy(
    "1 counts in full, 0.5 half and 0 not at all. A row with an answer that is not named is told apart."
)


def shape_of(
    kit: Kit, indicator: Indicator, reckon: Reckoning, about: Sequence[Subject], own: str = ""
) -> tuple[Field, ...]:
    """What is asked for it. ``own`` is the key of the figure that is changed, which is not compared with itself."""
    title = Field("title", _("What it is called"), required=True)
    return (title, *_fields(kit, indicator, reckon, about, own))


def _fields(kit: Kit, indicator: Indicator, reckon: Reckoning, about: Sequence[Subject], own: str) -> Iterator[Field]:
    if reckon is Reckoning.TOGETHER:
        for place, one in enumerate(about):
            yield from _of_part(place, one)
        return
    if reckon is Reckoning.GAP:
        others = tuple((one.key, one.title) for one in compared(indicator, own))
        yield Field("of", _("Between which two"), "choices", choices=others, required=True)
    if reckon in {Reckoning.ENGAGED, Reckoning.ACTIVITY, Reckoning.REQUESTS}:
        yield from _of_doing(kit, reckon)
    for subject in about[:1]:
        if subject.surveys:
            named = tuple((one.key, title_of_survey(one, subject.sheet)) for one in subject.surveys)
            yield Field("surveys", _("At which surveys"), "choices", choices=named, required=True)
        yield from _ASKED[reckon](subject)


def _on_scales(subject: Subject) -> Iterator[Field]:
    yield Field(
        "fields", _("Which questions"), "choices",
        _("Several are put together where their scales reach from the same to the same."),
        choices=_named(subject.scales), required=True,
    )  # fmt: skip


def _of_share(subject: Subject) -> Iterator[Field]:
    yield _fits("fits", _("Who counts"), subject)


def _of_rise(subject: Subject) -> Iterator[Field]:
    yield Field("before", _("How it was before"), "choice", choices=_named(subject.scales), required=True)
    yield Field("now", _("How it is now"), "choice", choices=_named(subject.scales), required=True)
    yield Field("kinds", _("What kind of row it is"), "choice", choices=_named(subject.choices), required=True)


def _of_rows(subject: Subject) -> Iterator[Field]:
    yield _weights("weights", _("What a row counts"), subject)
    yield _fits("fits", _("What must hold of a row, or it counts nothing"), subject)
    goals = [field for field in subject.asked if field.options_from == "goals"]
    if goals:
        yield Field(
            "goal", _("Only goals that were set early: which column names the goal"), "choice",
            _("Nothing chosen: all rows count, whenever the goal was set."), choices=_named(goals),
        )  # fmt: skip
        yield Field("within_days", _("Set within so many days of the pairing"), "number")


def _of_sent(subject: Subject) -> Iterator[Field]:
    yield Field(
        "fields", _("What is sure to be written there"), "choices",
        _("Questions that the worksheet cannot be sent without."), choices=_named(never_blank(subject)), required=True,
    )  # fmt: skip


def _of_agreed(subject: Subject) -> Iterator[Field]:
    yield Field("date", _("Which date tells the quarter"), "choice", choices=_named(dates(subject)), required=True)


def _of_themes(subject: Subject) -> Iterator[Field]:
    yield Field("fields", _("In the answers to"), "choices", choices=_named(subject.sheet.coded), required=True)


def _nothing(_subject: Subject) -> Iterator[Field]:
    yield from ()


_ASKED: dict[Reckoning, Callable[[Subject], Iterator[Field]]] = {
    Reckoning.MEAN: _on_scales,
    Reckoning.CHANGE: _on_scales,
    Reckoning.MATCHED: _on_scales,
    Reckoning.SHARE: _of_share,
    Reckoning.RISE: _of_rise,
    Reckoning.ROWS: _of_rows,
    Reckoning.HOW_MANY: _nothing,
    Reckoning.SENT: _of_sent,
    Reckoning.AGREED: _of_agreed,
    Reckoning.THEMES: _of_themes,
}
"""What is asked of a subject, beside the surveys that count."""


def compared(indicator: Indicator, own: str = "") -> list[Measure]:
    """The figures of a sign of success that another one can be compared with."""
    return [one for one in indicator.measures if one.key != own and on_a_scale(one)]


def _of_doing(kit: Kit, reckon: Reckoning) -> Iterator[Field]:
    if reckon is Reckoning.ACTIVITY:
        yield Field("side", _("Who does it"), "choice", choices=words.SIDES, required=True)
        yield Field("counts", _("What is counted"), "choice", choices=COUNTED, required=True)
    labels = {
        Reckoning.ENGAGED: _("Worksheets that count as contact, beside sessions"),
        Reckoning.REQUESTS: _("Worksheets by which mentees ask for something"),
    }
    yield Field(
        "worksheets", labels.get(reckon, _("Worksheets that count")), "choices",
        _("That they were sent, whatever stands in them."), choices=tuple(pairs_own(kit.worksheets)),
        required=reckon is Reckoning.REQUESTS,
    )  # fmt: skip


def _of_part(place: int, subject: Subject) -> Iterator[Field]:
    title = subject.title
    if subject.rows:
        yield _weights(f"weights_{place}", _("%(part)s: what a row counts") % {"part": title}, subject)
        yield Field(
            f"share_{place}", _("%(part)s: so much of it has to be reached, in per cent") % {"part": title}, "number",
            required=True, starts=50,
        )  # fmt: skip
    yield _fits(f"fits_{place}", _("%(part)s: what has to hold") % {"part": title}, subject)


def _fits(name: str, label: str, subject: Subject) -> Field:
    return Field(
        name, label, "rows", _EVERY_ONE, marked=False,
        rows=(
            Field("answer", _("The answer is"), "choice", choices=tuple(conditions(subject)), required=True),
            Field("at_least", _("At least"), "integer", _("Only where it says “at least”.")),
        ),
    )  # fmt: skip


def _weights(name: str, label: str, subject: Subject) -> Field:
    return Field(
        name, label, "rows", _WEIGHT, marked=False,
        rows=(
            Field("answer", _("A row with this answer"), "choice", choices=tuple(answers(subject.choices)), required=True),
            Field("counts", _("It counts"), "figure", required=True),
        ),
    )  # fmt: skip


def _named(fields: Iterable[FieldShape]) -> tuple[tuple[str, str], ...]:
    return tuple((field.key, field.label) for field in fields)


# --- As the form shows it, and as the shapes have it -----------------------------------------------------------------------


def shown(measure: Measure) -> Said:
    """A figure as its form shows it."""
    said: Said = measure.model_dump(mode="json")
    said |= {"fits": _fit_rows(said["fits"]), "weights": _weight_rows(measure.column, measure.weights)}
    said["date"] = measure.fields[0] if measure.fields else None
    for place, part in enumerate(measure.parts):
        said[f"fits_{place}"] = _fit_rows(part.model_dump(mode="json")["fits"])
        said[f"weights_{place}"] = _weight_rows(part.column, part.weights)
        said[f"share_{place}"] = round(part.share * 100)
    return said


def _fit_rows(fits: Iterable[Said]) -> list[Said]:
    rows: list[Said] = []
    for one in fits:
        if one["at_least"] is not None:
            rows.append({"answer": f"{one['field']}{AT_LEAST}", "at_least": one["at_least"]})
        else:
            rows += [{"answer": f"{one['field']}{IS}{answer}"} for answer in one["is_in"]]
            rows += [{"answer": f"{one['field']}{ANY}"}] if one["filled"] else []
    return rows


def _weight_rows(column: str | None, weights: dict[str, float]) -> list[Said]:
    return [{"answer": f"{column}{IS}{answer}", "counts": counts} for answer, counts in weights.items()]


def said_as_shape(reckon: Reckoning, about: Sequence[Subject], said: Said) -> Said:
    """What the form says, as the shapes have it; without a key."""
    measure: Said = {"title": said["title"], "reckon": reckon.value}
    if reckon is Reckoning.TOGETHER:
        return measure | {"parts": [_part_said(place, one, said) for place, one in enumerate(about)]}
    if about:
        subject = about[0]
        measure |= {"surveys": said["surveys"]} if subject.surveys else {"worksheet": subject.sheet.key}
        measure |= {"rows": subject.rows.key} if subject.rows else {}
    measure |= {"fields": [said["date"]]} if "date" in said else {}
    measure |= {"fits": _fits_said(said["fits"])} if "fits" in said else {}
    measure |= _weights_said(said["weights"]) if "weights" in said else {}
    plain = ("fields", "before", "now", "kinds", "goal", "within_days", "of", "side", "counts", "worksheets")
    return measure | {name: said[name] for name in plain if name in said}


def _part_said(place: int, subject: Subject, said: Said) -> Said:
    part: Said = {"survey": subject.surveys[0].key, "fits": _fits_said(said[f"fits_{place}"])}
    if subject.rows:
        part |= {"rows": subject.rows.key, "share": said[f"share_{place}"] / 100}
        part |= _weights_said(said[f"weights_{place}"])
    return part


def _fits_said(rows: Iterable[Said]) -> list[Said]:
    """Conditions, those on answers of one question together."""
    found: list[Said] = []
    chosen: dict[str, Said] = {}
    for row in rows:
        question, sign, answer = _parted(row["answer"])
        if sign == AT_LEAST:
            found.append({"field": question, "at_least": row["at_least"]})
        elif not answer:
            found.append({"field": question, "filled": True})
        elif question in chosen:
            chosen[question]["is_in"].append(answer)
        else:
            chosen[question] = {"field": question, "is_in": [answer]}
            found.append(chosen[question])
    return found


def _weights_said(rows: Sequence[Said]) -> Said:
    parted = [(*_parted(row["answer"]), row["counts"]) for row in rows]
    return {
        "column": parted[0][0] if parted else None,
        "weights": {answer: counts for _column, _sign, answer, counts in parted},
    }


def _parted(choice: str) -> tuple[str, str, str]:
    sign = AT_LEAST if choice.endswith(AT_LEAST) else IS
    return choice.partition(sign)


# --- What is missing, in plain words -----------------------------------------------------------------------------------------


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
    if said.get("counts") in _OF_MENTEES and said.get("side") == "mentor":
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
        if _parted(row["answer"])[0] != _parted(rows[0]["answer"])[0]:
            yield (name, place, "answer"), _("Weigh the answers of one question alone.")
        if any(row["answer"] == other["answer"] for other in rows[:place]):
            yield (name, place, "answer"), _("This answer stands above already.")
