"""The list of the signs by which a programme judges itself."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, ListPart

JUDGING = (
    ListPart(
        "indicators", _("Indicators of success"),
        _(
            "By which signs the programme judges itself. Take the tick from those it does not use, and word them as you like: "
            "what they are reckoned from stays."
        ),
        "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field("about", _("Whose success it is"), "choice", choices=words.WHOSE, required=True),
            Field("definition", _("What it means"), "text", required=True),
            Field("caution", _("What to keep in mind when reading the figures"), "text"),
            Field(
                "used", _("The programme uses it"), "tick",
                _("A sign that you add yourself has no figures: it stands there in your words."), starts=True,
            ),
        ), grows=True, noun=_("an indicator"), icon="chart-column", moves=True, group="sending",
    ),
)  # fmt: skip
