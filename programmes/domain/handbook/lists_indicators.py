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
