"""What the handbooks promise about contracts that are looked at again, and about what stays closed once a pair has ended."""

import pytest

from evaluation.domain.evaluating import ASKED, send_evaluation
from evaluation.domain.exporting.tables import Scope
from evaluation.domain.making_exports import table_steps
from pairs.domain.completing import say_complete
from pairs.domain.ending import dissolve_pairing
from pairs.domain.reading import right_to
from pairs.enums import Right
from pairs.models import Output, Pairing
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import NotComplete, answers_of
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.filling import owner_for_reader, send, write
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_promises_of_handbooks import sheet

TEN = {f"gla.ws.contract.{point}" for point in ("1", "2", "3a", "3b", "4", "5", "6", "7", "8", "9", "10")}
"""The ten contracting questions; the third has two parts."""


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair


def named(user) -> dict:
    return {"name": user.name, "agree": True}


def kept(row: Output, user) -> dict:
    return answers_of(owner_for_reader(row, user).response)


@pytest.mark.covers("gla.must.14", "gla.must.60")
def test_a_contract_is_looked_at_again_and_both_confirm_the_new_one_while_the_old_stays(gla):
    first = write(gla.output(worksheet="contract", moment="contract"), gla.mentor, {})
    shape = worksheet_of(first.response.version)
    assert {source for field in shape.fields() for source in field.source} >= TEN
    whole = sample_answers(shape, owner_for_reader(first, gla.mentor).context)
    first = write(first, gla.mentor, whole | {"frequency": "Every month", "mentor": named(gla.mentor)})
    first = send(first, gla.mentee, {"mentee": named(gla.mentee)})
    assert first.response.is_submitted

    again = write(sheet(gla, gla.mentee, "contract"), gla.mentee, {})
    begun = kept(again, gla.mentee)
    assert begun["frequency"] == "Every month"
    assert not {"mentor", "mentee"} & {key for key, value in begun.items() if value}, "nobody has signed the new one"
    with pytest.raises(NotComplete):
        send(again, gla.mentor, {"frequency": "Every second week", "mentor": named(gla.mentor)})
    write(again, gla.mentor, {"frequency": "Every second week", "mentor": named(gla.mentor)})
    again = send(again, gla.mentee, {"mentee": named(gla.mentee)})
    assert kept(again, gla.mentor)["frequency"] == "Every second week"
    assert kept(first, gla.mentor)["frequency"] == "Every month"


@pytest.mark.covers("gla.must.37")
@pytest.mark.parametrize("ending", ["early", "complete"])
def test_after_the_end_what_was_written_stays_as_closed_as_before(gla, ending, sign_in):
    """To those who run the programme, to the partner where it was private, and in what goes out."""
    admin = UserFactory(email="admin@reef.example")
    MembershipFactory(user=admin, is_admin=True)
    private = send(sheet(gla, gla.mentee, "rocking"), gla.mentee, {"gap": "CANARY-GAP"})
    shared = send(
        sheet(gla, gla.mentee, "scaling"), gla.mentee, {"question": "CANARY-Q", "kind": "line", "score_line": 70}
    )
    if ending == "early":
        dissolve_pairing(pairing=gla.pairing, actor=gla.mentee)
    else:
        for user in (gla.mentor, gla.mentee):
            say_complete(pairing=Pairing.objects.get(), actor=user)
    assert not Pairing.objects.get().is_active
    for row, partner in ((private, Right.NONE), (shared, Right.READ)):
        assert right_to(gla.mentee, row) >= Right.READ
        assert min(right_to(gla.mentor, row), Right.READ) <= partner
        for user in (gla.coordinator, admin):
            assert right_to(user, row) <= Right.STATUS
            assert sign_in(user).get(gla.url(f"outputs/{row.pk}/read/")).status_code == 404
    scope = Scope(gla.coordinator, gla.pairing.cohort.programme)
    told = str([(table.columns, table.rows) for step in table_steps(scope) for table in step()])
    assert "CANARY" not in told


@pytest.mark.covers("gla.must.42", "cal.sys.83")
@pytest.mark.parametrize("kit", ["gla", "caltrans"])
def test_both_are_asked_for_an_evaluation_that_stands_apart_from_the_pairs_sheets(db, kit, sign_in):
    with pair_of(kit) as pair:
        send_evaluation(pairings=[pair.pairing], actor=pair.coordinator)
        rows = {row.member.side: row for row in Output.objects.filter(moment=ASKED).select_related("member")}
        assert set(rows) == {"mentor", "mentee"}
        for side, user in (("mentor", pair.mentor), ("mentee", pair.mentee)):
            title = worksheet_of(write(rows[side], user, {}).response.version).title
            home = sign_in(user).get(pair.url("mentoring/")).content.decode()
            assert str(rows[side].pk) in home
            sheets = sign_in(user).get(f"{pair.place}worksheets/").content.decode()
            assert title not in sheets
            assert str(rows[side].pk) not in sheets
            other = rows["mentee" if side == "mentor" else "mentor"]
            assert right_to(user, other) <= Right.STATUS
