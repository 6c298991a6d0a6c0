"""The ways in which a sign of success can be reckoned, in plain words: what each shows, and what it cannot do without."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from programmes.domain.handbook.fields import Words
from templates_app.shapes import Reckoning


@dataclass(frozen=True)
class Way:
    """One way of reckoning: its name, what it shows, under which heading it is offered, and what it cannot do without."""

    reckon: Reckoning
    title: Words
    note: Words
    family: Words
    lacks: Words = ""


_ASKED, _WRITTEN = gettext_lazy("From what people answer"), gettext_lazy("From a worksheet of the pair")
_DONE, _BESIDE = gettext_lazy("From what happens"), gettext_lazy("From other figures")
_NO_SCALE = gettext_lazy("It needs a survey that asks one side alone, with a question on a scale that may be counted.")
_NO_ROWS = gettext_lazy("It needs a survey that asks one side alone, with a table or a block that repeats.")
_NO_SHEET = gettext_lazy("This handbook has no such worksheet.")

WAYS = (
    Way(
        Reckoning.MEAN, gettext_lazy("The mean on a scale"),
        gettext_lazy("At each survey, the mean of one question or of several on the same scale."), _ASKED, _NO_SCALE,
    ),
    Way(
        Reckoning.CHANGE, gettext_lazy("How far answers on a scale have moved"),
        gettext_lazy("From the first survey to the last, in those who answered both; and how many have risen."), _ASKED,
        gettext_lazy("It needs two surveys of one side with the same worksheet and a question on a scale."),
    ),
    Way(
        Reckoning.SHARE, gettext_lazy("How many answered so"),
        gettext_lazy("Of those who answered, how many gave the answers that you name."), _ASKED,
        gettext_lazy("It needs a survey that asks one side alone, or a worksheet that is filled in once and may be counted."),
    ),
    Way(
        Reckoning.RISE, gettext_lazy("Before and now, in the rows of a table"),
        gettext_lazy("For each kind of row the mean before, the mean now, and how far it has risen."), _ASKED,
        gettext_lazy("It needs a survey of one side with a table that asks for two scales and a kind in each row."),
    ),
    Way(
        Reckoning.ROWS, gettext_lazy("How much of what people list is reached"),
        gettext_lazy("Each row counts in full, in part or not; told is the median over people."), _ASKED, _NO_ROWS,
    ),
    Way(
        Reckoning.HOW_MANY, gettext_lazy("How many rows people list"),
        gettext_lazy("How many rows there are on a sheet, in the mean."), _ASKED, _NO_ROWS,
    ),
    Way(
        Reckoning.TOGETHER, gettext_lazy("What holds on both sides at once"),
        gettext_lazy("In how many pairs several things hold together, each by the answers of one side."), _ASKED,
        gettext_lazy("It needs surveys that ask one side alone."),
    ),
    Way(
        Reckoning.MATCHED, gettext_lazy("Answers by how well people were matched"),
        gettext_lazy("The mean in the half of pairs with the higher score, and in the other."), _ASKED, _NO_SCALE,
    ),
    Way(
        Reckoning.SENT, gettext_lazy("In how many pairs a worksheet is sent"),
        gettext_lazy("Of those that were asked for it. What stands on it is not looked at."), _WRITTEN,
        gettext_lazy("It needs a worksheet of the pair, with a moment, that cannot be sent without some words."),
    ),
    Way(
        Reckoning.AGREED, gettext_lazy("What people let be counted"),
        gettext_lazy("How many people named each kind of result, in all and by quarter."), _WRITTEN,
        gettext_lazy("It needs a worksheet on which its writer says whether it may be counted."),
    ),
    Way(
        Reckoning.THEMES, gettext_lazy("How often each theme comes up"),
        gettext_lazy("In words that coordinators read without names and gather into themes."), _WRITTEN,
        gettext_lazy("It needs a question whose words are gathered into themes."),
    ),
    Way(
        Reckoning.HELD, gettext_lazy("How many sessions were held"),
        gettext_lazy("Of the sessions whose time has come."), _DONE,
    ),
    Way(
        Reckoning.NOW_MENTORS, gettext_lazy("Mentees who have become mentors"),
        gettext_lazy("Of those whose pairing is over, how many mentor in this programme now."), _DONE,
    ),
    Way(
        Reckoning.ENGAGED, gettext_lazy("In how many pairs there is contact"),
        gettext_lazy("Month by month: how many held a session or sent one of the worksheets that you name."), _DONE,
    ),
    Way(
        Reckoning.ACTIVITY, gettext_lazy("How much each of a side does"),
        gettext_lazy("Month by month: sessions, hours, worksheets, tasks or milestones for each person."), _DONE,
    ),
    Way(
        Reckoning.STANDING, gettext_lazy("How goals stand"),
        gettext_lazy("Month by month: how many goals were on the way, off track and reached."), _DONE,
    ),
    Way(
        Reckoning.REQUESTS, gettext_lazy("How often mentees ask for something"),
        gettext_lazy("Month by month: such worksheets and extra sessions, for each goal that is still open."), _DONE,
        _NO_SHEET,
    ),
    Way(
        Reckoning.GAP, gettext_lazy("How far two figures lie apart"),
        gettext_lazy("Two figures of this sign of success, in per cent of their scales."), _BESIDE,
        gettext_lazy("It needs two other figures of this sign of success that are reckoned on a scale."),
    ),
)  # fmt: skip


def way_of(reckon: str) -> Way | None:
    """The way of this name."""
    return next((way for way in WAYS if way.reckon == reckon), None)
