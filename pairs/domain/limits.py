"""How many of each side a mentoring model takes, and what is said of other numbers (``sssc.must.18``)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.enums import Side
from programmes.models import Participant
from templates_app.shapes import Kit, Model


def limit_faults(kit: Kit, kind: str, mentors: Sequence[Participant], mentees: Sequence[Participant]) -> list[str]:
    """How the numbers differ from what the model allows."""
    model = kit.plan.model(kind)
    if model is None:
        return [_("The handbook of this programme knows no pairs of this kind.")]
    sides = [(Side.MENTOR, len(mentors), model.mentor_limits), (Side.MENTEE, len(mentees), model.mentee_limits)]
    if model.is_of_one_side:
        sides = [one for one in sides if one[1]]
        if len(sides) != 1:
            return [_("A peer group has members of one role. Choose mentors or mentees.")]
    return [words for side, count, limits in sides if (words := _limit_fault(side, count, *limits))]


def _limit_fault(side: Side, count: int, least: int, most: int | None) -> str:
    if least <= count and (most is None or count <= most):
        return ""
    words = {"least": least, "most": most, "count": count}
    if side is Side.MENTOR and least == most:
        told = ngettext("Choose exactly %(least)d mentor.", "Choose exactly %(least)d mentors.", least)
    elif side is Side.MENTOR:
        told = _("Choose %(least)d to %(most)d mentors.") if most else _("Choose at least %(least)d mentor.")
    elif least == most:
        told = ngettext("Choose exactly %(least)d mentee.", "Choose exactly %(least)d mentees.", least)
    else:
        told = _("Choose %(least)d to %(most)d mentees.") if most else _("Choose at least %(least)d mentee.")
    return told % words


def full(model: Model, side: str, count: int) -> bool:
    """Whether nobody more finds room on one side of a running pairing."""
    most = model.mentor_limits[1] if side == Side.MENTOR else model.mentee_limits[1]
    return most is not None and count >= most
