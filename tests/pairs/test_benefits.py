"""Which benefits people see, counted over all cohorts of a programme and without anybody's line."""

import datetime as dt

import pytest

from evaluation.domain.evaluating import ASKED, send_evaluation
from evaluation.domain.exporting.tables import Scope
from evaluation.domain.making_exports import table_steps
from mentoring import clock
from pairs.domain.pairing import confirm_pairing
from pairs.models import Output
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import current_version, worksheet_of
from tests.factories import CohortFactory, MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import owner_for_reader, send, write
from tests.pairs.test_every_kit import pair_of


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair


def three_pairs(pair, cohort) -> None:
    """Three further pairs of a cohort, asked for their evaluation."""
    made = []
    for _number in range(3):
        places = {
            side: ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=UserFactory()), side=side)
            for side in ("mentor", "mentee")
        }
        made.append(confirm_pairing(cohort=cohort, actor=pair.coordinator, **places))
    send_evaluation(pairings=made, actor=pair.coordinator)


def answer(cohort, benefits: list[list[str]]) -> None:
    """Those asked in a cohort answer, each with their benefits."""
    rows = Output.objects.filter(pairing__cohort=cohort, moment=ASKED).select_related("member__participant__membership")
    for place, (asked, seen) in enumerate(zip(rows.order_by("created_at", "pk"), benefits, strict=True)):
        user = asked.member.participant.membership.user
        with clock.at(PAIRED + dt.timedelta(minutes=place + 1)):
            row = write(asked, user, {})
            shape, context = worksheet_of(row.response.version), owner_for_reader(row, user).context
            send(row, user, sample_answers(shape, context) | {"benefits": seen})


@pytest.mark.covers("gla.must.45")
def test_benefits_are_counted_in_every_cohort_of_the_programme(gla, sign_in):
    programme = gla.pairing.cohort.programme
    second = CohortFactory(programme=programme, title="The second year")
    cohorts = (gla.pairing.cohort, second)
    for cohort in cohorts:
        three_pairs(gla, cohort)
    answer(cohorts[0], [["confidence", "career"]] * 5 + [["career"]])
    answer(cohorts[1], [["confidence"]] * 4 + [["networking"]] * 2)
    sheet = worksheet_of(current_version(programme.handbook, "evaluation"))
    (asked,) = [field for field in sheet.fields() if field.key == "benefits"]
    labels = {option.key: option.label for option in asked.options}
    assert len(labels) == 10
    tables = [table for step in table_steps(Scope(gla.coordinator, programme)) for table in step()]
    (totals,) = [table for table in tables if table.name == "evaluation"]
    place = {name: totals.columns.index(name) for name in ("cohort", "question", "answer", "people")}
    lines = [[row[place[name]] for name in place] for row in totals.rows if row[place["question"]] == asked.label]
    sums = {key: sum(row[3] for row in lines if row[2] == label) for key, label in labels.items()}
    first = sum(row[3] for row in lines if row[0] == cohorts[0].title and row[2] == labels["confidence"])
    assert first == 5
    seen = {key: count for key, count in sums.items() if count}
    assert seen == {"confidence": 9, "career": 5, "networking": 1}, "five of each six count so far: they come in steps"
