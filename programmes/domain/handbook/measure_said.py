"""A figure as its form shows it, and what the form says as the shapes have it."""

from collections.abc import Iterable, Sequence
from typing import Any

from programmes.domain.handbook.measuring import ANY, AT_LEAST, IS, Subject
from templates_app.shapes import Measure, Reckoning

Said = dict[str, Any]


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
        question, sign, answer = parted(row["answer"])
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
    weighed = [(*parted(row["answer"]), row["counts"]) for row in rows]
    return {
        "column": weighed[0][0] if weighed else None,
        "weights": {answer: counts for _column, _sign, answer, counts in weighed},
    }


def parted(choice: str) -> tuple[str, str, str]:
    """A choice of the form, as ``measuring`` writes it: question, sign, answer."""
    sign = AT_LEAST if choice.endswith(AT_LEAST) else IS
    return choice.partition(sign)
