"""A signature stands for the words it was put under."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import Spot, behaviour_of
from templates_app.answers.level import Answers, asked_keys
from templates_app.answers.linked import is_signature
from templates_app.shapes import FieldShape
from templates_app.shapes.kinds import SIGNED


def renew_signatures(shapes: Sequence[FieldShape], kept: Answers, stored: Mapping[str, Any], spot: Spot) -> None:
    """Where the words have changed since they were signed, others' signatures are taken off and asked for again; one's own,
    still standing on the page that changed them, is dated anew. Changes ``kept``; says in warnings what it took off.
    """
    signed = [shape for shape in shapes if shape.kind in SIGNED and is_signature(stored.get(shape.key))]
    if not signed or not _has_changed(shapes, kept, stored):
        return
    for shape in signed:
        signature = stored[shape.key]
        if kept.get(shape.key) != signature:
            continue
        if signature["by"] == spot.context.user:
            kept[shape.key] = signature | {"at": spot.context.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
            continue
        del kept[shape.key]
        here = spot.at(shape.key)
        told = _("The words have changed since %(name)s signed: their signature is asked for again.")
        here.warn(told % {"name": signature["name"]})
        if spot.submitting:
            behaviour_of(shape).demand(shape, None, here)


def without_signatures(shapes: Sequence[FieldShape], answers: Mapping[str, Any]) -> Answers:
    """The answers as a further sheet begins with them: what was signed there is not signed here."""
    signed = {shape.key for shape in shapes if shape.kind in SIGNED}
    return {key: value for key, value in answers.items() if key not in signed}


def _has_changed(shapes: Sequence[FieldShape], kept: Answers, stored: Mapping[str, Any]) -> bool:
    """Whether any answer that is asked for differs, signatures aside. What sending drops unasked is no change."""
    asked = asked_keys(shapes, kept)
    words = [shape.key for shape in shapes if shape.key in asked and shape.kind not in SIGNED]
    return any(kept.get(key) != stored.get(key) for name in words for key in (name, f"{name}__other"))
