"""What else a draft changes of a worksheet itself, a sentence for each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from templates_app.shapes import Alert, Counted, ShowIf, Worksheet

Told = tuple[str, str]
"""Words and their weight: ``due`` where it concerns what people write or who learns of it, else ``neutral``."""

_SWITCHES = {
    "in_use": (
        gettext_lazy("It is in use again: people are asked for it at its moments, and may begin it."),
        gettext_lazy(
            "It is out of use: nobody is asked for it or begins one any more. What was sent stays with those who read it, and "
            "what is begun may be finished."
        ),
        "due",
    ),
    "repeats": (
        gettext_lazy("It may be filled in again whenever people like."),
        gettext_lazy("It is filled in once, and not again at will."),
        "neutral",
    ),
    "living": (
        gettext_lazy("Each new sheet goes on from the last."),
        gettext_lazy("Each new sheet begins blank."),
        "neutral",
    ),
    "at_once": (
        gettext_lazy("It is sent straight from its form."),
        gettext_lazy("It is read over before it is sent."),
        "neutral",
    ),
    "tells": (
        gettext_lazy("Whoever sends it tells the others."),
        gettext_lazy("The others are not told that it was sent."),
        "due",
    ),
    "homework": (
        gettext_lazy("Partners may give it to each other to do at home."),
        gettext_lazy("It is not given as homework any more."),
        "neutral",
    ),
    "nameless": (
        gettext_lazy("It is held back while it names people, or organisations of few."),
        gettext_lazy("It may name people and organisations."),
        "due",
    ),
}
_TO_COORDINATOR = {
    "": gettext_lazy("Coordinators are not told any more that it was sent."),
    "news": gettext_lazy("Coordinators get an e-mail when it was sent."),
    "help": gettext_lazy(
        "Coordinators get an e-mail when it was sent, and have it on their list until they have received it."
    ),
    "nameless": gettext_lazy("Coordinators read what it says without names, among what others have sent."),
}


def told_facts(old: Worksheet, new: Worksheet) -> tuple[list[Told], set[str]]:
    """What changes, and the names of all facts that are told here."""
    return list(_told(old, new)), {*_SWITCHES, "to_coordinator", "counted", "alert"}


def _told(old: Worksheet, new: Worksheet) -> Iterator[Told]:
    for name, (on, off, weight) in _SWITCHES.items():
        if getattr(old, name) != getattr(new, name):
            yield str(on if getattr(new, name) else off), weight
    if old.to_coordinator != new.to_coordinator:
        yield str(_TO_COORDINATOR[new.to_coordinator]), "due"
    if old.counted != new.counted:
        yield _counted(new, new.counted), "due"
    if old.alert != new.alert:
        yield _alerting(new, new.alert), "due"


def _counted(sheet: Worksheet, counted: Counted | None) -> str:
    if counted is None:
        return _("Nothing is counted of its answers any more.")
    asked = {field.key: field for field in sheet.fields()}
    words = {"by": asked[counted.by].label, "agree": asked[counted.when.field].label}
    given = _given(sheet, counted.when)
    if not given:
        return _("Reports count how many chose each answer to “%(by)s”, on sheets that answer “%(agree)s”.") % words
    told = _("Reports count how many chose each answer to “%(by)s”, on sheets that answer “%(agree)s” with: %(given)s.")
    return told % {**words, "given": "; ".join(given)}


def _given(sheet: Worksheet, when: ShowIf) -> list[str]:
    """The answers by which somebody agrees, in words; none where any does."""
    asked = next(field for field in sheet.fields() if field.key == when.field)
    return [option.label for option in asked.options if option.key in when.is_in]


def _alerting(sheet: Worksheet, alert: Alert | None) -> str:
    if alert is None:
        return _("Coordinators do not hear of low answers any more.")
    asked = {field.key: field.label for field in sheet.fields()}
    words = {"below": f"{alert.below:g}", "scales": "”, “".join(asked[key] for key in alert.fields)}
    words |= {"agree": asked[alert.when.field], "given": "; ".join(_given(sheet, alert.when))}
    if not words["given"]:
        told = _("Coordinators hear of a writer who answers “%(agree)s” and gives “%(scales)s” a mean below %(below)s.")
    else:
        told = _(
            "Coordinators hear of a writer who answers “%(agree)s” with: %(given)s, and gives “%(scales)s” a mean below "
            "%(below)s."
        )
    return told % words
