"""The picture of a question: brought as a file, told in words, and pressed where its figures are.

The picture is a button: browsers send where it was pressed (HTML, ``input type=image``), so no script is needed.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from pydantic import ValidationError

from programmes.domain.designing.figures import spread_out
from programmes.domain.designing.places import Field
from programmes.forms.designing_lines import Lines
from templates_app.answers import AnswerFault
from templates_app.answers.pointed import pointed_in
from templates_app.answers.shown import Figure
from templates_app.domain.kit_files.drawings import Looked
from templates_app.domain.pictures import UPLOADED, look_at_upload
from templates_app.shapes import FieldShape, Kind

WIDE = 300
"""Pixels of the picture that is pressed: so wide it fits on a phone, and where it was pressed can be reckoned."""


class PictureMixin:
    """What a question with a picture sets beside the rest. For a form that has ``shape``, ``lines`` and Django's fields."""

    shape: Field
    kind: Kind
    lines: dict[str, Lines]
    fields: dict[str, forms.Field]
    data: Mapping[str, Any]
    brought: tuple[str, Looked] | None = None
    """The picture that came, with a name for it, once the form is valid."""

    def add_picture_fields(self) -> None:
        """A file, the words for it, and which figure is placed by pressing the picture."""
        kinds = ", ".join(UPLOADED)
        self.fields["picture_file"] = forms.FileField(
            label=_("Another picture") if self.picture else _("Picture"),
            help_text=_("A file of one of these kinds: %(kinds)s. Only take a picture that you may use.")
            % {"kinds": kinds},
            required=False,
            widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in UPLOADED)}),
        )
        self.fields["picture_words"] = forms.CharField(
            label=_("What the picture shows"),
            help_text=_("For those who do not see it."),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        if self.picture:
            named = [
                (one["key"], f"{number}. {one.get('label', '')}")
                for number, one in enumerate(self.shape.get("options", []), 1)
            ]
            self.fields["placed"] = forms.ChoiceField(
                label=_("Figure to place"), choices=[*named, ("", _("A new figure"))], required=False
            )

    @property
    def picture(self) -> dict[str, Any] | None:
        """The picture that stands, with the size in which it is pressed."""
        known = self.shape.get("picture") if self.kind is Kind.PICTURE else None
        if not known or not known.get("kept") or not known.get("width"):
            return None
        return {**known, "wide": WIDE, "high": round(WIDE * known["height"] / known["width"])}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures where they stand by now, in the picture's own units."""
        try:
            shown = pointed_in(FieldShape.model_validate(self.shape))
        except ValidationError:
            return ()
        return shown.figures if shown else ()

    @property
    def picture_fields(self) -> list[forms.BoundField]:
        """What is asked about the picture, but for the figure that is placed."""
        return [self[name] for name in ("picture_file", "picture_words") if name in self.fields]  # type: ignore[index]

    def clean_picture(self, clean: dict[str, Any]) -> None:
        """Look at a file that came, before anything is kept of it."""
        if clean.get("picture_file"):
            try:
                self.brought = look_at_upload(clean["picture_file"])
            except AnswerFault as fault:
                self.add_error("picture_file", fault.message)  # type: ignore[attr-defined]
        has_one = self.brought or self.shape.get("picture")
        if clean.get("picture_words") and not has_one and "picture_file" not in self.errors:  # type: ignore[attr-defined]
            self.add_error("picture_file", _("Choose the picture, too."))  # type: ignore[attr-defined]

    def with_picture(self, values: dict[str, Any]) -> dict[str, Any]:
        """The question's values with its picture as it is from now on, and every figure in its place; a file that came has to be
        kept, too (``brought``).
        """
        if self.kind is not Kind.PICTURE:
            return values
        self.place(values["options"])
        clean = self.cleaned_data  # type: ignore[attr-defined]
        stands = dict(self.shape.get("picture") or {})
        if self.brought:
            name, looked = self.brought
            stands = {"file": name, "kept": looked.kept, "width": looked.width, "height": looked.height}
        return {**values, "picture": {**stands, "words": clean.get("picture_words", "")} if stands else None}

    def place(self, figures: list[dict[str, Any]]) -> None:
        """Put the figure where the picture was pressed: the one chosen, or a new one. Those without a place get one."""
        pressed = self._pressed()
        if pressed is not None:
            chosen = str(self.data.get("placed", ""))
            figure = next((one for one in figures if one["key"] == chosen), None)
            if figure is None:
                keys = {one["key"] for one in figures} | set(self.lines["options"].given)
                number = next(number for number in range(len(figures) + 1, 10_000) if f"figure_{number}" not in keys)
                figure = {"key": f"figure_{number}", "label": _("Figure %(number)d") % {"number": number}}
                figures.append(figure)
            figure["x"], figure["y"] = pressed
        spread_out(figures)

    def _pressed(self) -> tuple[float, float] | None:
        """Where the picture was pressed, in per cent; ``None`` where another button was, or Enter (which sends 0, 0)."""
        sent = [str(self.data.get(f"press.{axis}", "")) for axis in ("x", "y")]
        if self.picture is None or not all(one.isascii() and one.isdigit() and len(one) < 5 for one in sent):
            return None
        if sent == ["0", "0"]:
            return None
        x, y = int(sent[0]) / self.picture["wide"], int(sent[1]) / self.picture["high"]
        return round(min(x, 1) * 100, 1), round(min(y, 1) * 100, 1)
