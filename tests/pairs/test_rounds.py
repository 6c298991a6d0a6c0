"""What comes round again: one output for each round, as many as the pair's time holds."""

import datetime as dt
from contextlib import contextmanager

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.instants import Anchors
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.planning import plan_of, replan
from pairs.domain.rounds import in_rounds
from pairs.domain.wanted import Wanted
from pairs.enums import OutputKind
from pairs.models import Output, Pairing
from programmes.enums import Side
from templates_app.domain.kit_files import shipped_kit
from templates_app.models import TemplateVersion
from templates_app.shapes import Anchor, Every, Instant
from tests.pairs.conftest import PAIRED, make_pair

CHECKUP = "capacity"
KIT = shipped_kit("plp-ess")


def thing(every: Every, anchor: Anchor = Anchor.PAIRING, **due) -> Wanted:
    opens = Instant(anchor=anchor, months=2)
    return Wanted(
        OutputKind.WORKSHEET,
        "Check-up",
        Side.MENTEE,
        opens=opens,
        due=opens.model_copy(update={"days": 7}),
        worksheet="checkup",
        moment="round",
        every=every,
    )


def anchors(**known) -> Anchors:
    day = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
    return Anchors(paired=day, cohort_start=day, cohort_end=day + dt.timedelta(days=273), **known)


def test_months_go_by_the_calendar():
    assert clock.months_later(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)
    assert clock.months_later(dt.date(2026, 1, 15), -1) == dt.date(2025, 12, 15)
    assert clock.months_later(dt.date(2026, 10, 5), 14) == dt.date(2027, 12, 5)


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (Every(months=2), [(2, 0), (4, 0), (6, 0), (8, 0)]),
        (Every(months=2, times=3), [(2, 0), (4, 0), (6, 0)]),
        (Every(weeks=8), [(2, 0), (2, 56), (2, 112), (2, 168)]),
    ],
)
def test_rounds_come_until_the_end_of_the_pair_or_so_many_times(every, expected):
    found = in_rounds([thing(every)], KIT, anchors())
    assert [(one.opens.months, one.opens.days) for one in found] == expected
    assert [one.moment for one in found] == [f"round.{number}" for number in range(1, len(expected) + 1)]
    assert [one.title for one in found][:2] == ["Check-up · 1", "Check-up · 2"]
    assert {one.due.days - one.opens.days for one in found} == {7}


def test_a_longer_agreement_has_more_rounds_and_one_without_a_beginning_has_one():
    longer = anchors(agreed_end=dt.datetime(2028, 1, 1, tzinfo=dt.UTC))
    assert len(in_rounds([thing(Every(months=2))], KIT, longer)) == 6
    assert len(in_rounds([thing(Every(months=2), Anchor.AGREEMENT)], KIT, longer)) == 1


def test_nobody_gets_more_than_a_lifetime_of_rounds():
    for_ever = anchors(agreed_end=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))
    assert len(in_rounds([thing(Every(weeks=1))], KIT, for_ever)) == 120


@contextmanager
def pair_with_rounds(every: dict):
    """A pair whose capacity assessment comes round again; its organisation is open."""

    def changed(handbook) -> None:
        version = TemplateVersion.objects.get(template__handbook=handbook, template__key=CHECKUP)
        moment = {"key": "round", "opens": {"anchor": "pairing"}, "due": {"anchor": "pairing", "days": 7}}
        definition = version.definition | {"filled_by": "each", "moments": [moment | {"every": every}]}
        TemplateVersion.objects.filter(pk=version.pk).update(definition=definition)

    made = make_pair(changed=changed)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def rounds(pair, side: str = "mentee", **which) -> list[str]:
    rows = Output.objects.filter(pairing=pair.pairing, worksheet=CHECKUP, member__side=side, **which)
    return list(rows.order_by("due_at").values_list("moment", flat=True))


@pytest.mark.covers("cal.sys.70")
def test_a_check_up_every_two_months_is_owed_by_each_of_the_two_in_every_round(db):
    with pair_with_rounds({"months": 2}) as pair:
        expected = ["round.1", "round.2", "round.3"]
        assert rounds(pair) == rounds(pair, "mentor") == expected
        due = Output.objects.filter(worksheet=CHECKUP, member__side="mentee").order_by("due_at")
        assert [row.due_at.astimezone(dt.UTC).date() for row in due] == [
            dt.date(2026, 11, 10),
            dt.date(2027, 1, 10),
            dt.date(2027, 3, 10),
        ]
        assert all(row.next_reminder_at for row in due)


def agree(pair, until: dt.date) -> None:
    Pairing.objects.filter(pk=pair.pairing.pk).update(agreed_until=until)
    pair.pairing.refresh_from_db()
    replan(pair.pairing)


@pytest.mark.covers("cal.sys.70")
def test_rounds_follow_the_end_of_the_pair_and_what_was_begun_stays(db):
    with pair_with_rounds({"months": 2}) as pair:
        agree(pair, dt.date(2027, 9, 30))
        assert rounds(pair) == [f"round.{number}" for number in range(1, 7)]
        begun = pair.output(worksheet=CHECKUP, moment="round.4", side="mentee")
        begin_response(output=begun, actor=pair.mentee, people=people_of(pair.pairing))
        agree(pair, dt.date(2027, 1, 31))
        assert rounds(pair, cancelled_at=None) == ["round.1", "round.2", "round.4"]
        assert rounds(pair, "mentor", cancelled_at=None) == ["round.1", "round.2"]
        assert not Output.objects.filter(cancelled_at__isnull=False, next_reminder_at__isnull=False)
        agree(pair, dt.date(2027, 3, 31))
        assert rounds(pair, "mentor", cancelled_at=None) == ["round.1", "round.2", "round.3"]


def test_planning_again_changes_nothing(db):
    with pair_with_rounds({"weeks": 4}) as pair:
        before = list(Output.objects.order_by("pk").values())
        assert replan(pair.pairing, plan_of(pair.pairing)) == 0
        assert list(Output.objects.order_by("pk").values()) == before
