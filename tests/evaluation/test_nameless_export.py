"""Answers without names: what pairs answered, for an evaluation, with nothing by which anybody could be known."""

import io

import openpyxl
import pytest

from evaluation.domain.exporting.tables import Scope
from evaluation.domain.exports import NotAllowed, request_export
from evaluation.domain.making_exports import export_due, nameless_steps
from evaluation.models import Export
from mentoring import clock
from mentoring.tenancy.scope import no_scope, tenant_scope
from pairs.enums import OutputKind
from pairs.models import Output, Pairing
from templates_app.answers import AnswerContext
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import current_version, worksheet_of
from tests.evaluation.world import sign_in
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED, begin_pair, make_pair
from tests.pairs.filling import send
from tests.pairs.test_every_kit import by_the_coordinator

pytestmark = pytest.mark.django_db
PLACES = ("Whitcombe House", "Apia", "Harbour Street")
WORDS = ("CANARY", "Whitcombe", "Tupou", "Tester", "Helen", *PLACES)


@pytest.fixture
def programme(db):
    """A programme of the handbook of peer mentoring with five pairs, each of which has sent a log and an action plan."""
    made = make_pair(kit="sssc", changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        cohort = made.pairing.cohort
        pairs = [(made.pairing, made.mentor, made.mentee)]
        for number in range(4):
            users = [UserFactory(given_name=f"CANARY{side}{number}") for side in ("mentor", "mentee")]
            places = [
                ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)
                for user, side in zip(users, ("mentor", "mentee"), strict=True)
            ]
            paired = begin_pair(cohort=cohort, mentor=places[0], mentee=places[1], actor=made.coordinator)
            pairs.append((paired, *users))
        for number, (pairing, mentor, mentee) in enumerate(pairs):
            sent(pairing, mentor, mentee, minutes=60 + number)
        yield made


def sent(pairing: Pairing, mentor, mentee, *, minutes: int) -> None:
    Output.objects.filter(pairing=pairing, kind=OutputKind.WORKSHEET).update(opens_at=PAIRED)
    for worksheet in ("log", "plan"):
        row = Output.objects.filter(pairing=pairing, worksheet=worksheet).order_by("position").first()
        row.pairing = pairing
        author = mentor if row.member is not None and row.member.side == "mentor" else mentee
        shape = worksheet_of(current_version(pairing.cohort.programme.handbook, worksheet))
        answers = sample_answers(shape, AnswerContext())
        if worksheet == "log":
            answers |= {
                "length": minutes, "location": PLACES[0], "achieved": "CANARY achieved",
                "topics": [{"_id": "aaaa0001", "topic": "CANARY topic"}],
                "steps": [{"_id": "aaaa0002", "step": "CANARY step", "location": PLACES[1], "responsible": "Helen Whitcombe"}],
                "actions": [{"_id": "aaaa0003", "action": "CANARY action", "owner": "mentee", "due": "2026-12-24"}],
                "method": "other", "method__other": "CANARY at " + PLACES[2],
            }  # fmt: skip
        else:
            answers |= {"mentor": "Helen Whitcombe", "mentee": "ʻAna Tupou", "baseline": "CANARY baseline"}
        done = send(row, author, answers)
        assert done.done_at is not None


def workbook(programme) -> dict[str, list[tuple]]:
    """The file as its maker gets it, by sheet."""
    with clock.at(PAIRED):
        export = request_export(
            programme=programme.pairing.cohort.programme, kind="nameless", actor=programme.coordinator
        )
    organisation = programme.organisation
    return made(organisation, export)


def made(organisation, export) -> dict[str, list[tuple]]:
    with no_scope(), clock.at(PAIRED):
        export_due(clock.now(), organisation)
    stored = Export.objects.get(pk=export.pk)
    assert stored.state == "done", stored.error
    book = openpyxl.load_workbook(io.BytesIO(bytes(stored.content)))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


@pytest.mark.covers("sssc.must.3")
def test_logs_and_plans_go_out_with_what_was_chosen_and_counted_and_nothing_that_names_anybody(programme):
    tables = workbook(programme)
    assert {"about", "log", "plan"} <= set(tables)
    told = str(tables)
    assert not [word for word in WORDS if word in told]
    assert "2026" not in told, "no day"
    head, *rows = tables["log"]
    lengths = head.index(next(name for name in head if name.endswith("[length]")))
    assert sorted(row[lengths] for row in rows) == [60, 61, 62, 63, 64]
    asked = " ".join(head)
    for key in ("location", "achieved", "topic]", "responsible", "due]", "date]", "method__other"):
        assert key not in asked, key
    assert any("[actions." in name and "owner]" in name for name in head), "who does something: a side, not a name"
    assert str(programme.pairing.pk) not in told


def test_a_worksheet_of_fewer_than_five_pairs_tells_nothing(programme):
    row = Output.objects.filter(pairing=programme.pairing, worksheet="log", done_at__isnull=False).get()
    Output.objects.filter(pk=row.pk).update(response=None, done_at=None)
    tables = workbook(programme)
    assert tables["log"] == [("answers",), ("fewer than 5 pairs have answered: not shown",)]
    assert len(tables["plan"]) == 6, "the other worksheet still has five"


def test_of_one_pair_there_is_no_export_without_names_and_an_admin_gets_no_answer(programme):
    of = programme.pairing.cohort.programme
    with pytest.raises(ValueError, match="one pair"):
        request_export(programme=of, kind="nameless", actor=programme.coordinator, pairing=programme.pairing)
    with pytest.raises(NotAllowed):
        request_export(programme=of, kind="nameless", actor=programme.mentor)
    admin = UserFactory()
    MembershipFactory(user=admin, is_admin=True)
    shown = [table for step in nameless_steps(Scope(admin, of)) for table in step()]
    assert [table.name for table in shown] == ["about"]
    client = sign_in(programme.coordinator)
    url = programme.url(f"exports/programmes/{of.slug}/")
    assert 'value="nameless"' in client.get(url).content.decode()
    one = f"{url}?pair={programme.pairing.pk}"
    assert 'value="nameless"' not in client.get(one).content.decode()
    client.post(one, {"kind": "nameless"})
    assert not Export.objects.exists()
