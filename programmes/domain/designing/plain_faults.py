"""What a draft lacks, in plain words: told before the shapes speak of their fields."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.domain.designing.faults import DraftFault
from programmes.domain.designing.places import Definition, Field, inside, label_of, spots
from programmes.domain.designing.words import CAN_SIGN
from templates_app.shapes import Filler, Kind
from templates_app.shapes.kinds import HAS_OPTIONS, HAS_POINTS, ROWS, SIGNED


def plain_faults(definition: Definition) -> Iterator[DraftFault]:
    """Everything that is missing or cannot be, question by question."""
    if not str(definition.get("title", "")).strip():
        yield DraftFault("facts", "", _("The worksheet"), _("Give it a title."))
    asked = list(spots(definition))
    if not any(spot.field["kind"] != Kind.NOTE for spot in asked):
        yield DraftFault("sheet", "", _("The worksheet"), _("It asks nothing yet. Add a question."))
    for spot in asked:
        for words in (
            *_lacks(spot.field),
            *_not_seen(spot.field),
            *_never_signed(spot.field, definition.get("filled_by", "")),
            *_of_one_side(spot.field),
        ):
            yield DraftFault("question", spot.place, label_of(spot.field), words)


def _lacks(field: Field) -> Iterator[str]:
    kind = Kind(field["kind"])
    if kind is Kind.NOTE:
        if not field.get("text", "").strip():
            yield _("Write the text that is shown, or take it out.")
        return
    if not field.get("label", "").strip():
        yield _("Write what is asked.")
    for kinds, names, words in _NEEDED:
        if kind in kinds and not any(field.get(name) for name in names):
            yield str(words)
    values = [point.get("value") for point in field.get("points", [])]
    if kind in HAS_POINTS and len(values) < 2:
        yield _("A scale needs at least two points.")
    if len(values) != len(set(values)):
        yield _("Two points of the scale have the same value.")
    if kind in ROWS and field.get("min_rows", 0) > field.get("max_rows", 50):
        yield _("At least so many rows, at most so many: the first number is larger than the second.")


def _not_seen(field: Field) -> Iterator[str]:
    """What a question with a picture needs for those who look at it, and for those who do not see it."""
    if field["kind"] != Kind.PICTURE:
        return
    if not field.get("picture"):
        yield _("Choose the picture that is pointed at.")
    elif not field["picture"].get("words", "").strip():
        yield _("Say what the picture shows, for those who do not see it.")


def _never_signed(field: Field, filled_by: str) -> Iterator[str]:
    """A signature that is needed and that nobody could give would hold the sheet up for ever."""
    if Kind(field["kind"]) not in SIGNED or field.get("need") != "must" or not field.get("signer"):
        return
    if filled_by in CAN_SIGN and field["signer"] not in CAN_SIGN[Filler(filled_by)]:
        yield _("Whoever is to sign here does not write this sheet, so it could never be sent: let it be left blank.")


def _of_one_side(field: Field) -> Iterator[str]:
    """Columns that one side writes, in a table that has no fixed lines (any more)."""
    if field["kind"] in ROWS and not field.get("items"):
        for part in field.get(inside(field), []):
            if part.get("by"):
                words = _(
                    "“%(column)s” is written by one side, which goes with fixed lines alone: give the table lines, or let "
                    "everybody write that column."
                )
                yield words % {"column": label_of(part)}


_NEEDED = (
    (HAS_OPTIONS, ("options", "options_from"), gettext_lazy("Add at least one answer to choose.")),
    ({Kind.MATRIX, Kind.CHECKLIST}, ("items",), gettext_lazy("Add at least one line.")),
    ({Kind.TABLE, Kind.GROUP}, ("columns", "fields"), gettext_lazy("Add at least one question to its rows.")),
    ({Kind.COMPUTED}, ("compute", "layers"), gettext_lazy("Say what is worked out.")),
    (SIGNED, ("signer",), gettext_lazy("Say who signs.")),
)
"""What a kind cannot do without: any of these attributes."""
