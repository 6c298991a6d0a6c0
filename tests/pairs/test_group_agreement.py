"""The agreement of a group: signed by everybody, and anew when somebody joins."""

import pytest

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import agreement_in_force, current_agreement, offer_agreement, open_agreement
from pairs.domain.agreement_queries import agreement_page_for, agreements_for
from pairs.domain.agreement_reading import read_agreement
from pairs.domain.checking import check_signed
from pairs.domain.membership import add_member, leave_pairing
from pairs.domain.signing import sign_agreement
from pairs.enums import AgreementState, OutputKind
from pairs.models import Agreement, Output
from templates_app.answers import AnswerContext
from templates_app.domain.responses import answers_of, submit_response
from tests.pairs.conftest import make_group
from tests.pairs.test_agreement import CONSENT

FOUR = ("Helen", "ʻAna", "Sione", "Moana")


def offered(group) -> Agreement:
    """Written by ʻAna and sent for signing."""
    agreement = open_agreement(pairing=group.fresh(), actor=group.users["ʻAna"])
    answers = {
        **answers_of(agreement.response),
        "goal_statements": [{"_id": "aaaaaaaa", "statement": "Lead a review"}],
        "objectives": [{"_id": "bbbbbbbb", "objective": "Judge a survey", "measure": "Two accepted"}],
        "ground_rules": [{"_id": "cccccccc", "about": "Place", "rule": "Teams, monthly"}],
    }
    submit_response(
        response=agreement.response,
        actor=group.users["ʻAna"],
        answers=answers,
        revision=agreement.response.revision,
        context=AnswerContext(),
    )
    return offer_agreement(agreement=agreement, actor=group.users["ʻAna"])


def sign(group, name: str) -> None:
    agreement = current_agreement(group.pairing)
    agreement.pairing = group.fresh()
    sign_agreement(
        agreement=agreement,
        actor=group.users[name],
        typed_name=f"{name} Tupou",
        content_sha256=agreement.content_sha256,
        consent=None if name in ("Helen", "Tevita") else CONSENT,
        method="code",
    )


def join(group, name: str) -> None:
    add_member(pairing=group.fresh(), participant=group.places[name], actor=group.coordinator)


@pytest.mark.covers("sssc.must.78")
def test_it_is_in_force_once_all_four_have_signed(group):
    agreement = offered(group)
    for name in FOUR[:3]:
        sign(group, name)
        assert agreement_in_force(group.pairing) is None
    assert agreement_page_for(group.users["Helen"], group.pairing.pk).waiting.name == "Moana Tupou"
    sign(group, "Moana")
    assert agreement_in_force(group.pairing).pk == agreement.pk
    assert check_signed(Agreement.objects.get(pk=agreement.pk)).is_sound


def test_everybody_on_a_side_is_a_party_by_name(db):
    group = make_group(("Helen", "Tevita", "ʻAna", "Sione"), model="two-by-two")
    with tenant_scope(group.organisation):
        agreement = offered(group)
        assert answers_of(agreement.response)["mentee_name"] == "ʻAna Tupou, Sione Tupou"
        parties = read_agreement(agreement, zone="UTC", locale="en-gb").parties
        assert [(one.side, one.name) for one in parties] == [
            ("mentor", "Helen Tupou"),
            ("mentor", "Tevita Tupou"),
            ("mentee", "ʻAna Tupou"),
            ("mentee", "Sione Tupou"),
        ]


def test_who_joins_after_it_is_signed_needs_a_new_version_and_the_page_says_so(group, at, sign_in):
    agreement = offered(group)
    for name in FOUR:
        sign(group, name)
    with at("2026-11-20 09:00"):
        join(group, "Keoni")
        assert agreement_in_force(group.pairing).pk == agreement.pk
        page = sign_in(group.users["ʻAna"]).get(group.url(f"pairs/{group.pairing.pk}/agreement/")).content.decode()
        assert "Not everybody has signed this version" in page
        assert "Keoni Tupou joined after it was signed" in page
        assert Output.objects.get(member=group.member("Keoni"), kind=OutputKind.AGREEMENT).is_open


@pytest.mark.parametrize("how", ["joins", "leaves"])
def test_a_version_that_waits_for_signatures_becomes_a_draft_when_the_members_change(group, how):
    first = offered(group)
    sign(group, "Helen")
    if how == "joins":
        join(group, "Keoni")
    else:
        leave_pairing(pairing=group.fresh(), actor=group.users["Sione"])
    first.refresh_from_db()
    now = current_agreement(group.pairing)
    assert (first.state, now.state, now.number) == (AgreementState.SUPERSEDED, AgreementState.DRAFT, 2)
    assert answers_of(now.response)["goal_statements"][0]["statement"] == "Lead a review"
    assert group.output("Helen", kind=OutputKind.AGREEMENT).is_open


def test_who_has_left_keeps_the_version_they_were_there_for_and_sees_none_after_it(group, at):
    first = offered(group)
    for name in FOUR:
        sign(group, name)
    with at("2026-11-20 09:00"):
        leave_pairing(pairing=group.fresh(), actor=group.users["Sione"])
    with at("2026-11-21 09:00"):
        Agreement.objects.filter(pk=first.pk).update(state=AgreementState.SUPERSEDED)
        open_agreement(pairing=group.fresh(), actor=group.users["ʻAna"])
        seen = agreements_for(group.users["Sione"], group.fresh())
        assert [row.pk for row in seen] == [first.pk]
