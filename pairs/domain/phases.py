"""In which phase a pairing is: as its people say, where the handbook lets them, else as worked out (``sssc.must.36``). Pure."""

from collections.abc import Iterable

from pairs.domain.output_lines import OutputLine
from pairs.models import Output, Pairing
from templates_app.shapes import Kit


def said_phase(pairing: Pairing, kit: Kit) -> str:
    """Key of the phase in which its people say they are; empty where they have not, or the handbook has no such phase."""
    phases = kit.plan.phases
    return pairing.phase if phases is not None and pairing.phase in phases.keys else ""


def present_stage(pairing: Pairing, kit: Kit, outputs: Iterable[Output | OutputLine]) -> str:
    """Key of the stage a pairing is at: the phase that its people named, else the first stage with something required still
    open; empty when nothing is.
    """
    if said := said_phase(pairing, kit):
        return said
    open_at = {row.stage for row in outputs if row.required and row.is_open}
    return next((stage.key for stage in kit.stages if stage.key in open_at), "")


def states_said(kit: Kit, present: str) -> dict[str, str]:
    """How each phase stands, the present one known: ``done`` (behind them), ``now`` or ``ahead``. Empty where none is."""
    keys = kit.plan.phases.keys if kit.plan.phases is not None else []
    if present not in keys:
        return {}
    at = keys.index(present)
    return {key: "now" if place == at else "done" if place < at else "ahead" for place, key in enumerate(keys)}
