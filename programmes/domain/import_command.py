"""The import of a file in one go, for operators: the same code and the same fates as the pages."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from programmes.domain.importing.judging import Judged, count_fates
from programmes.domain.importing.targets import folded
from programmes.domain.people_import import (
    DECIDED,
    SIDE,
    apply_import,
    choose_columns,
    judge_import,
    mapping_faults,
    read_people,
    targets_for,
)
from programmes.models import Cohort, PeopleImport


class MappingRefused(ValueError):
    """A choice of columns that does not fit the file; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What became of every row, and how many rows had each fate."""

    judged: list[Judged]
    counts: dict[str, int] = field(default_factory=dict)


def import_at_once(
    *,
    cohort: Cohort,
    filename: str,
    data: bytes,
    actor: User | None,
    mapping: dict[str, str] | None = None,
    decided: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Read, judge and (unless it is a rehearsal) take in a file. Everything or nothing.

    ``mapping`` is heading → target key; without it columns are remembered or guessed. Raises ``FileRefused`` and
    ``MappingRefused``.
    """
    run = read_people(cohort=cohort, filename=filename, data=data, actor=actor)
    chosen = {
        **(_fitted(run, mapping) if mapping is not None else run.mapping),
        **({DECIDED: "yes"} if decided else {}),
    }
    _refuse_faults(run, chosen)
    run.mapping = chosen
    judged = judge_import(run)
    if not dry_run:
        with transaction.atomic():
            run.save()
            choose_columns(run=run, mapping=chosen, actor=actor)
            apply_import(run=run, actor=actor)
    return Outcome(judged, count_fates(judged))


def _fitted(run: PeopleImport, mapping: dict[str, str]) -> dict[str, str]:
    """The mapping by the file's own headings, whatever their case. Raises ``MappingRefused`` for names nobody knows."""
    headings = {folded(heading): heading for heading in run.headings}
    targets = {target.key for target in targets_for(run.cohort)} | {""}
    chosen: dict[str, str] = {}
    for name, target in mapping.items():
        if name == SIDE:
            chosen[SIDE] = target
            continue
        if folded(name) not in headings:
            raise MappingRefused(_("The file has no column “%(name)s”.") % {"name": name})
        if target not in targets:
            words = _("“%(target)s” is nothing that a column can mean. Choose one of: %(known)s.")
            raise MappingRefused(words % {"target": target, "known": ", ".join(sorted(targets - {""}))})
        chosen[headings[folded(name)]] = target
    return chosen


def _refuse_faults(run: PeopleImport, mapping: dict[str, str]) -> None:
    faults = mapping_faults(mapping)
    if not faults:
        return
    fault = faults[0]
    if fault.code == "twice":
        raise MappingRefused(
            _("Two columns mean “%(target)s”. Name one of them in a mapping.") % {"target": fault.target}
        )
    words = _("No column means “%(target)s”. The headings are: %(headings)s. Say in a mapping which one it is.")
    raise MappingRefused(words % {"target": fault.target, "headings": ", ".join(run.headings)})
