"""People read their own clock, and their partner's beside it, with the day where it differs."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from mentoring.ui import dates, zones

APIA, PAGO_PAGO, TONGA, BRISBANE = "Pacific/Apia", "Pacific/Pago_Pago", "Pacific/Tongatapu", "Australia/Brisbane"
NINE_IN_TONGA = dt.datetime(2026, 12, 9, 20, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_2026(monkeypatch):
    monkeypatch.setattr("mentoring.ui.dates.timezone.localdate", lambda: dt.date(2026, 11, 30))


def test_both_clocks_in_one_line():
    expected = "Thursday 10 December, 9:00 in Nukuʻalofa (6:00 for Helen, in Brisbane)"
    assert dates.when(NINE_IN_TONGA, TONGA, BRISBANE, "Helen") == expected


def test_samoa_and_american_samoa_are_a_day_apart():
    expected = "Thursday 10 December, 9:00 in Apia (Wednesday 9 December, 9:00 for Sina, in Pago Pago)"
    assert dates.when(NINE_IN_TONGA, APIA, PAGO_PAGO, "Sina") == expected


def test_the_same_zone_is_said_once():
    assert dates.when(NINE_IN_TONGA, TONGA, TONGA, "Sione") == "Thursday 10 December, 9:00 in Nukuʻalofa"


def test_another_place_with_the_same_clock_is_named():
    assert dates.when(NINE_IN_TONGA, TONGA, "Pacific/Fakaofo", "Hina").endswith("(9:00 for Hina too, in Fakaofo)")


def test_half_hours_of_lord_howe():
    assert dates.for_partner(NINE_IN_TONGA, TONGA, "Australia/Lord_Howe", "Jim") == "7:00 for Jim, in Lord Howe Island"


def test_another_year_is_said():
    assert dates.day(dt.date(2027, 3, 1)) == "Monday 1 March 2027"
    assert dates.day(dt.date(2027, 3, 1), year=2027) == "Monday 1 March"


def test_days_are_named_in_the_reader_s_language():
    with translation.override("fr"):
        assert dates.day(dt.date(2026, 12, 10)) == "jeudi 10 décembre"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (dt.date(2026, 11, 2), dt.date(2026, 11, 30), "2 to 30 November 2026"),
        (dt.date(2026, 2, 2), dt.date(2026, 11, 30), "2 February to 30 November 2026"),
        (dt.date(2026, 11, 2), dt.date(2027, 4, 30), "2 November 2026 to 30 April 2027"),
    ],
)
def test_a_span_says_month_and_year_once(first, last, words):
    assert dates.span(first, last) == words


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (-3, "late", "3 days late"),
        (-1, "late", "1 day late"),
        (0, "due", "due today"),
        (1, "due", "due tomorrow"),
        (3, "due", "due Thursday"),
        (4, "neutral", "due Friday"),
        (6, "neutral", "due Sunday"),
        (7, "neutral", "by 7 Dec"),
    ],
)
def test_what_is_due(days, state, words):
    today = dt.date(2026, 11, 30)
    assert dates.due(today + dt.timedelta(days), today=today) == dates.Due(state, words)


@pytest.mark.parametrize(("hours", "words"), [(1, "today"), (20, "since yesterday"), (24 * 5, "for 5 days")])
def test_since_counts_days_of_the_reader_s_calendar(hours, words):
    now = dt.datetime(2026, 11, 30, 5, 0, tzinfo=dt.UTC)  # 18:00 in Tonga
    assert dates.since(now - dt.timedelta(hours=hours), now=now, zone=TONGA) == words


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Pacific/Tongatapu", "Nukuʻalofa"),
        ("Pacific/Apia", "Apia"),
        ("Pacific/Pago_Pago", "Pago Pago"),
        ("Pacific/Efate", "Port Vila"),
        ("Pacific/Guadalcanal", "Honiara"),
        ("Pacific/Tarawa", "Tarawa"),
        ("Pacific/Kiritimati", "Kiritimati"),
        ("Pacific/Rarotonga", "Rarotonga"),
        ("Pacific/Funafuti", "Funafuti"),
        ("Pacific/Port_Moresby", "Port Moresby"),
        ("Pacific/Fiji", "Suva"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("America/Indiana/Indianapolis", "Indianapolis"),
        ("Etc/UTC", "universal time"),
    ],
)
def test_places_are_called_what_people_call_them(zone, name):
    assert zones.city(zone) == name


def test_the_tag_carries_the_instant_for_machines_and_escapes_names():
    template = Template('{% load dates %}{% when at "Pacific/Tongatapu" "Australia/Brisbane" partner=name %}')
    html = template.render(Context({"at": NINE_IN_TONGA, "name": "<b>Helen</b>"}))
    assert '<time datetime="2026-12-09T20:00:00+00:00">Thursday 10 December, 9:00 in Nukuʻalofa</time>' in html
    assert "&lt;b&gt;Helen&lt;/b&gt;" in html


def test_the_leaf_of_the_calendar_is_the_reader_s_day():
    template = Template(
        '{% load ui %}{% meeting starts=at zone="Pacific/Tongatapu" title="Session 3" %}{% endmeeting %}'
    )
    assert "<b>10</b>" in template.render(Context({"at": NINE_IN_TONGA}))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 hours"), (0.5, "0.5 hours"), (1, "1 hour"), (1.0, "1 hour"), (1.5, "1.5 hours"), (2, "2 hours")],
)
def test_of_one_hour_alone_one_is_said(count, words):
    assert dates.hours(count) == words


def test_hours_are_told_as_exactly_as_asked():
    assert dates.hours(1.25, 2) == "1.25 hours"
