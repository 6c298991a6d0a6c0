"""The list of the signs by which a programme judges itself."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, ListPart

_OF_FIGURES = (
    Field("reckon", _("How it is reckoned")),
    Field("fits", _("What an answer has to be")),
    Field("weights", _("What a row counts")),
)
"""What of a figure the history tells by other names than the shapes'. A figure is changed on a page of its own."""
JUDGING = (
    ListPart(
        "indicators", _("Indicators of success"),
        _(
            "By which signs the programme judges itself. Take the tick from those it does not use, word them as you like, and "
            "choose on each one's page what it is reckoned from."
        ),
        "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field("about", _("Whose success it is"), "choice", choices=words.WHOSE, required=True),
            Field("definition", _("What it means"), "text", required=True),
            Field("caution", _("What to keep in mind when reading the figures"), "text"),
            Field("used", _("The programme uses it"), "tick", starts=True),
            Field("measures", _("What it is reckoned from"), "measures", rows=_OF_FIGURES),
        ), grows=True, noun=_("an indicator"), icon="chart-column", moves=True, group="sending",
    ),
    ListPart(
        "reports", _("Scheduled reports"),
        _(
            "Reports that are made by themselves as soon as a week, a month or a quarter is over: coordinators get them by "
            "e-mail, and they stay as a page and a PDF. One of each kind; the weekly report on who needs somebody comes anyway."
        ),
        "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field(
                "about", _("What it is about"), "choice",
                _("The signs of success that the handbook counts for it; on effectiveness all that the programme uses."),
                choices=words.REPORTS_ABOUT, required=True,
            ),
            Field("rhythm", _("How often"), "choice", choices=words.RHYTHMS, required=True),
            Field(
                "used", _("It is made"), "tick",
                _("The first comes within the hour, on the last such time that is over."), starts=True,
            ),
        ), grows=True, noun=_("a report"), icon="chart-column", moves=True, joint="-", group="sending",
    ),
)  # fmt: skip
