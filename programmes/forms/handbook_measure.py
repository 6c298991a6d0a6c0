"""The form of one figure by which an indicator is told, drawn from what it is reckoned from."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.handbook.editing import NotSound
from programmes.domain.handbook.fields import Field
from programmes.domain.handbook.measure_faults import lacking
from programmes.domain.handbook.measure_said import said_as_shape
from programmes.domain.handbook.measuring import Subject
from programmes.forms.handbook_parts import FieldsForm, add_problems
from templates_app.models import Handbook
from templates_app.shapes import Reckoning


class MeasureForm(FieldsForm):
    """What a figure is reckoned from. What is missing is said at its place, in the words of the page."""

    def __init__(
        self,
        data: Any = None,
        *,
        shape: tuple[Field, ...],
        handbook: Handbook,
        reckon: Reckoning,
        about: Sequence[Subject],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, shape=shape, handbook=handbook, initial=initial)
        self.reckon, self.about = reckon, about

    def clean(self) -> dict[str, Any]:
        """What the form says; refused where this way of reckoning needs more."""
        said = super().clean()
        faults = [] if self.errors else list(lacking(self.reckon, self.about, said))
        if faults:
            add_problems(self, NotSound(faults), self.rowsets)
        lists = {where[0] for where, _words in faults if where and where[0] in self.rowsets}
        for one in self.shape:
            if one.name in lists:
                words = _("Look at “%(list)s”: something there is to be put right.")
                self.add_error(None, words % {"list": one.label})
        return said

    def measure(self) -> dict[str, Any]:
        """The figure as the shapes have it, without a key."""
        return said_as_shape(self.reckon, self.about, self.cleaned_data)
