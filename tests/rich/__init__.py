"""The rich world: organisations with a row of everything, made by the verbs, each written word a canary of its own."""

import datetime as dt

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from tests.rich import after, care, choosing, grouping, outside, people, programme, rooms, staff
from tests.rich import pair as path
from tests.rich.company import RichCompany
from tests.rich.marks import Whose
from tests.rich.sheets import Pair

OPENED = dt.datetime(2026, 10, 1, 0, 0, tzinfo=dt.UTC)
NOW = dt.datetime(2027, 3, 18, 21, 0, tzinfo=dt.UTC)
"""When the walk takes place: Friday 19 March, ten in the morning in Apia."""


def rich_company(slug: str, mark: str) -> RichCompany:
    """One organisation with everything in it, at ``/o/<slug>/``; every canary begins with ``mark`` (lower-case letters)."""
    with clock.at(OPENED):
        company = staff.found(slug, mark)
        with tenant_scope(company.organisation):
            staff.take_on_staff(company)
            staff.start_programmes(company)
            people.open_cohorts(company)
            people.let_people_join(company)
            people.keep_people_waiting(company)
            programme.run_both(company)
            programme.raise_issues(company)
            outside.write_outside_pairs(company)
            choosing.choose(company)
            care.raise_concerns(company)
            rooms.fill_boxes(company)
            rooms.ask_managers(company)
            rooms.put_up_notices(company)
            rooms.claim_expenses(company)
            rooms.recognise(company)
    staff.make_operators(company)
    with tenant_scope(company.organisation):
        first, second = _first_pair(company), _second_pair(company)
        with clock.at(NOW - 2 * path.DAY):
            people.invite_lately(company)
            choosing.be_declined_outside(company)
            choosing.be_proposed(company)
            after.end_early(company)
            grouping.allow_groups(company)
            grouping.make_group(company)
            after.evaluate(company, second)
            after.gather_themes(company, second)
            after.report(company)
            after.ask_for_papers(company, first, second)
            after.export(company)
    with clock.at(NOW - path.DAY):
        after.make_everything(company)
    return company


def _first_pair(company: RichCompany) -> Pair:
    """Half-way through: three sessions held, the fourth to come; most records reach the coordinator."""
    whose = {"mentor": Whose.MENTOR, "mentee": Whose.MENTEE, "pair": Whose.PAIR}
    pair = Pair(company, "mentor", "mentee", whose, {"logs", "capacity", "goals"}, passed_on={"session-2"})
    _walk(pair, dt.datetime(2027, 1, 11, 20, 0, tzinfo=dt.UTC), held=3)
    with clock.at(NOW - path.DAY):
        path.leave_drafts(pair)
        path.leave_a_sheet_to_sign(pair)
        path.ask_for_another_time(pair)
    company.pairing = pair.pairing
    return pair


def _second_pair(company: RichCompany) -> Pair:
    """At its end: six sessions held; all but the closure stays between the two."""
    whose = {"mentor": Whose.MENTOR_TWO, "mentee": Whose.MENTEE_TWO, "pair": Whose.PAIR_TWO}
    pair = Pair(company, "mentor_two", "mentee_two", whose, {"closure"})
    _walk(pair, dt.datetime(2026, 10, 12, 20, 0, tzinfo=dt.UTC), held=6)
    company.pairing_two = pair.pairing
    return pair


def _walk(pair: Pair, begins: dt.datetime, *, held: int) -> None:
    with clock.at(begins):
        path.confirm(pair)
        path.introduce(pair)
        path.plan(pair, [begins + (7 + 26 * number) * path.DAY for number in range(6)])
        path.prepare(pair)
    with clock.at(begins + path.DAY):
        path.agree(pair)
        rooms.share(pair)
        rooms.introduce(pair)
    for number in range(1, held + 1):
        path.meet(pair, number)


__all__ = ["NOW", "RichCompany", "rich_company"]
