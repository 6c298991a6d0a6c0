"""Invented content for the page of styles: every component in every state, with short, long and foreign names."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.html import format_html

from mentoring.ui import dates
from mentoring.ui.charts import Chart, Series
from mentoring.ui.shapes import (
    Action,
    Attention,
    Cell,
    Choice,
    Column,
    Fact,
    Figure,
    Filter,
    Happening,
    Owed,
    Row,
    Stage,
    StageItem,
)

TODAY = dt.date(2026, 11, 30)
HERE = "#"
LONG = "Maria-Magdalena Featherstonehaugh-Tuimavave da Conceição"


class SampleForm(forms.Form):
    """Each kind of field once."""

    mattered = forms.CharField(
        label="What mattered in this session?",
        help_text="The issues you talked about, in your own words.",
        widget=forms.Textarea,
        initial="We went through the wharf extension at Vuna and where the baseline survey falls short.",
    )
    goals = forms.MultipleChoiceField(
        label="Which of your goals did it serve?",
        required=False,
        choices=[("1", "Lead an EIA review on my own by May"), ("2", "Speak up when a deadline puts quality at risk")],
        widget=forms.CheckboxSelectMultiple,
        initial=["1"],
    )
    how = forms.ChoiceField(
        label="How did you meet?",
        choices=[("call", "By call"), ("visit", "In one place")],
        widget=forms.RadioSelect,
        initial="call",
    )
    zone = forms.ChoiceField(label="Time zone", choices=[("Pacific/Tongatapu", "Nukuʻalofa"), ("Pacific/Apia", "Apia")])
    email = forms.EmailField(label="E-mail address", initial="ana@")
    when = forms.DateField(
        label="When do you meet next?", widget=forms.DateInput(attrs={"type": "date"}), initial="2026-12-10"
    )
    agree = forms.BooleanField(
        label="The coordinator may read my logs", required=False, help_text="You can take this back at any time."
    )


def faulty_form() -> SampleForm:
    """The form as it comes back with two things to put right."""
    return SampleForm(
        {"mattered": "", "how": "call", "zone": "Pacific/Apia", "email": "ana@", "when": "2026-12-10"},
        auto_id="faulty_%s",
    )


def stages() -> list[Stage]:
    """A road under way."""
    return [
        Stage("Establishing connection", "done", "Agreement signed by both on 12 November", items=[
            StageItem("Session 1", HERE, "good", "held 9 Nov"), StageItem("Partnership agreement", HERE, "good", "signed")]),
        Stage("Capacity and action plan", "now", "Session 2 held. Your log closes this stage.", items=[
            StageItem("Session 2", HERE, "good", "held 26 Nov"), StageItem("Learning log", HERE, "due", "due today"),
            StageItem("Capacity self-assessment", HERE, "late", "2 days late")]),
        Stage("Mentoring and coaching", "ahead", "Sessions 3, 4 and 5, December to March"),
        Stage("Closing and evaluation", "ahead", "Session 6, April"),
    ]  # fmt: skip


def owed() -> list[Owed]:
    """Something in each state."""
    return [
        Owed("Learning log, session 2", HERE, "due", "due today"),
        Owed("Introduction to Helen", HERE, "late", "3 days late", "Two sentences are enough"),
        Owed("Capacity self-assessment", HERE, "good", "done 26 Nov"),
        Owed("Ask your manager about the monitoring course", HERE, "neutral", "by session 3"),
    ]


def attention() -> list[Attention]:
    """Who needs the coordinator."""
    later = Action("Later", HERE, "post", "tiny-quiet")
    return [
        Attention("Teresia Tebano & Marcus Nguyen", "not meeting", "late",
                  "No session since 2 November, none planned. Both were reminded on 23 November.", "for 5 days", HERE,
                  [Action("Write to both", HERE, "get", "tiny"), later,
                   Action("Hand over", HERE), Action("Open the pairing", HERE)]),
        Attention("Willie Malas & Aroha Parata", "not logging", "due",
                  "Session 2 was confirmed by both on 20 November; Willie’s log is 5 days late.", "since yesterday", HERE,
                  [Action("Ask for the log", HERE, "post", "tiny"), later]),
        Attention(f"{LONG} & Kaʻimipono Kealiʻikanakaʻoleohaililani", "asked for help", "neutral",
                  "Would like to talk with you about time with her supervisor.", "today", HERE,
                  [Action("Open", HERE, "get", "tiny")]),
    ]  # fmt: skip


def matrix() -> dict[str, Any]:
    """Columns and rows of a small cohort."""
    columns = [
        "Goals",
        "First meeting",
        "Agreement",
        "Capacity",
        "Log 2, mentee",
        "Log 2, mentor",
        "Log 3, mentee",
        "Log 3, mentor",
        "Closure",
    ]
    states = {
        "ʻAna Moala · Helen Whitcombe": "done done done done due done ahead ahead ahead",
        "Willie Malas · Aroha Parata": "done done done done late done ahead ahead ahead",
        "Teresia Tebano · Marcus Nguyen": "done late done due ahead ahead ahead ahead none",
        f"{LONG} · 山田 花子": "done done due ahead ahead ahead ahead ahead none",
    }
    rows = [
        Row(head, [Cell(state, HERE if state != "none" else "") for state in line.split()], HERE, str(number))
        for number, (head, line) in enumerate(states.items())
    ]
    return {"columns": columns, "rows": rows}


def charts() -> dict[str, Chart]:
    """Columns of one and of two series, and lines with a gap."""
    months = ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr"]
    return {
        "single": Chart("Outputs handed in", "Most come in the first two months.", months,
                        [Series("Outputs", [38, 31, 22, 24, 18, 27])]),
        "double": Chart("Logs in", "Mentors are a little behind in January.", [f"Session {number}" for number in range(2, 6)],
                        [Series("Mentees", [20, 17, 9, 4]), Series("Mentors", [19, 14, 10, 3])], "logs"),
        "lines": Chart("How the pairs feel, 1 to 5", "Steady, with a dip before the holidays.", months,
                       [Series("Mentees", [4.1, 4.0, None, 4.2, 4.4, 4.5]),
                        Series("Mentors", [3.8, 3.6, 3.5, 3.9, 4.1, 4.3])], most=5),
    }  # fmt: skip


def content() -> dict[str, Any]:
    """Everything the page of styles shows."""
    people = [f"Person {number}" for number in range(1, 215)]
    return {
        "form": SampleForm(),
        "faulty": faulty_form(),
        "next_due": dates.due(TODAY, today=TODAY),
        "starts": dt.datetime(2026, 12, 9, 20, 0, tzinfo=dt.UTC),
        "stages": stages(),
        "owed": owed(),
        "attention": attention(),
        "nobody": [],
        "matrix": matrix(),
        "charts": charts(),
        "figures": [
            Figure("22", "pairs, 21 active"),
            Figure("19", "agreements signed", url=HERE),
            Figure("86%", "of due outputs in"),
            Figure("4.4", "of 5, last check-up", "31 of 44 answered"),
        ],
        "facts": [
            Fact("Mentor", "Helen Whitcombe", HERE),
            Fact("Partner", "Secretariat of the Pacific Regional Environment Programme"),
            Fact("Languages", "English, Tongan"),
            Fact("Supervisor", None),
        ],
        "timeline": [
            Happening("Today, 10:42", "ʻAna sent her log for session 2", "ʻAna Moala", HERE, "file-text"),
            Happening("26 November", "Session 2 was held", "confirmed by both", "", "video"),
            Happening("12 November", "Both signed the agreement", "", HERE, "pen-line"),
        ],
        "tabs": [
            Choice("Overview", HERE, True),
            Choice("Sessions", HERE),
            Choice("Outputs", HERE, count=3),
            Choice("History", HERE),
        ],
        "filters": [
            Filter(
                "Show",
                [Choice("All", HERE, True, 26), Choice("Late", HERE, count=3), Choice("Unsigned", HERE, count=1)],
            ),
            Filter("Role", [Choice("Mentors", HERE), Choice("Mentees", HERE)]),
        ],
        "columns": [
            Column("Name", HERE, "ascending"),
            Column("Partner", HERE),
            Column("Stage"),
            Column("Sessions", HERE, align="end"),
            Column("What one can do", hidden=True),
        ],
        "people": [
            ("ʻAna Moala", "ana@to.example", "SPREP", "Capacity and action plan", 2),
            ("Sulata Lauti", "sulata@tv.example", "Government of Tuvalu", "Establishing connection", 0),
            (
                LONG,
                "maria.featherstonehaugh@a-very-long-host-name.example",
                "University of the South Pacific",
                "Closing",
                6,
            ),
        ],
        "page": Paginator(people, 25).page(3),
        "old": "The mentor answers within a week. Both keep what is said to themselves.",
        "new": "The mentor answers within five working days. Both keep what is said to themselves, safety apart.",
        "written": format_html(
            "<p>{}</p>", "Helen asked who owns the monitoring once the contractor leaves. I did not have one."
        ),
    }
