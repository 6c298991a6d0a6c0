"""A mentee who asks a mentor, keeps somebody in mind, declines a match, and has somebody outside approve; who does not sign."""

import datetime as dt

from mentoring import clock
from pairs.domain.outside_asking import PURPOSE as SIGNING
from pairs.enums import MatchAnswer, OutsideState, PairingModel, ProposedState
from pairs.models import MatchPart, OutsideSigner, Pairing, ProposedMatch, SigningLink
from programmes.domain.choosing.approvals import PURPOSE
from programmes.domain.managers.naming import PURPOSE as MANAGERS
from programmes.domain.outside import make_link
from programmes.enums import RequestState, Side
from programmes.models import Approval, ApprovalLink, LineManager, ManagerLink, ManagerWord, MentorRequest, Shortlisted
from templates_app.domain.kits import current_versions
from templates_app.domain.responses import start_response
from templates_app.models import Response, ResponseState
from tests.rich.company import RichCompany
from tests.rich.marks import Secrecy, Whose


def choose(company: RichCompany) -> None:
    """Two requests that wait for an answer, two shortlists, two approvals: the first pair's people and their neighbours."""
    _ask(company, "asking", "mentee", "mentor", Whose.PAIR)
    _ask(company, "asking_two", "mentee_two", "mentor_two", Whose.PAIR_TWO)
    _be_approved(company, "mentee", Whose.MENTEE)
    _be_approved(company, "mentee_two", Whose.MENTEE_TWO)
    _have_a_manager(company, "mentee", Whose.MENTEE)
    _have_a_manager(company, "mentee_two", Whose.MENTEE_TWO)


def be_proposed(company: RichCompany) -> None:
    """Of the two pairs' people each were proposed to each other: the mentee has said no, and why."""
    _propose(company, "match", "mentee", "mentor", Whose.MENTEE)
    _propose(company, "match_two", "mentee_two", "mentor_two", Whose.MENTEE_TWO)


def _propose(company: RichCompany, kept: str, mentee: str, mentor: str, whose: Whose) -> None:
    now = clock.now()
    match = ProposedMatch.objects.create(
        cohort=company.cohort,
        model=PairingModel.ONE_TO_ONE,
        state=ProposedState.DECLINED,
        proposed_by=company.users["coordinator"],
        answer_by=now + dt.timedelta(days=10),
        ended_at=now,
        told_at=now,
    )
    word = company.marks(whose, Secrecy.AUTHOR, "MatchPart word")
    MatchPart.objects.create(
        match=match, participant=company.places[mentee], side=Side.MENTEE, answer=MatchAnswer.NO, word=word
    )
    MatchPart.objects.create(match=match, participant=company.places[mentor], side=Side.MENTOR)
    company.kept[kept] = match


def be_declined_outside(company: RichCompany) -> None:
    """Of two pairs somebody outside was asked to sign the agreement, and would rather not."""
    _be_signed_outside(company, company.pairing, Whose.PAIR, Whose.MENTEE)
    _be_signed_outside(company, company.pairing_two, Whose.PAIR_TWO, Whose.MENTEE_TWO)


def _ask(company: RichCompany, kept: str, mentee: str, mentor: str, whose: Whose) -> None:
    place, other = company.places[mentee], company.places[mentor]
    version = current_versions(company.programme.handbook)["letter"]
    words = {"words": company.marks(whose, Secrecy.PAIR, "Request letter")}
    letter = start_response(version=version, author=company.users[mentee], answers=words)
    Response.objects.filter(pk=letter.pk).update(state=ResponseState.SUBMITTED, submitted_at=clock.now())
    company.kept[kept] = MentorRequest.objects.create(
        cohort=company.cohort,
        mentee=place,
        mentor=other,
        state=RequestState.ASKED,
        response=letter,
        known_how=company.marks(whose, Secrecy.PAIR, "Request known_how"),
        asked_at=clock.now(),
        answer_by=clock.now() + dt.timedelta(days=14),
    )
    Shortlisted.objects.create(mentee=place, mentor=other)


def _be_approved(company: RichCompany, mentee: str, whose: Whose) -> None:
    approval = Approval.objects.create(
        participant=company.places[mentee],
        name=company.marks(whose, Secrecy.AUTHOR, "Approval name"),
        email=f"{company.marks(whose, Secrecy.AUTHOR, 'Approval email')}@chief.example",
        decided_name=company.marks(whose, Secrecy.AUTHOR, "Approval decided_name"),
    )
    make_link(ApprovalLink, purpose=PURPOSE, days=14, approval=approval)


def _have_a_manager(company: RichCompany, mentee: str, whose: Whose) -> None:
    manager = LineManager.objects.create(
        participant=company.places[mentee],
        name=company.marks(whose, Secrecy.AUTHOR, "LineManager name"),
        email=f"{company.marks(whose, Secrecy.AUTHOR, 'LineManager email')}@chief.example",
    )
    token, _until = make_link(ManagerLink, purpose=MANAGERS, days=365, manager=manager)
    company.kept[f"token_of_manager_of_{mentee}"] = token
    version = current_versions(company.programme.handbook)["word-of-manager"]
    said = {"words": company.marks(whose, Secrecy.APART, "ManagerWord response")}
    response = start_response(version=version, author=None, answers=said)
    Response.objects.filter(pk=response.pk).update(state=ResponseState.SUBMITTED, submitted_at=clock.now())
    ManagerWord.objects.create(manager=manager, number=1, response=response)


def _be_signed_outside(company: RichCompany, pairing: Pairing, pair: Whose, mentee: Whose) -> None:
    signer = OutsideSigner.objects.create(
        pairing=pairing,
        key="supervisor",
        name=company.marks(mentee, Secrecy.AUTHOR, "OutsideSigner name"),
        email=f"{company.marks(mentee, Secrecy.AUTHOR, 'OutsideSigner email')}@chief.example",
        state=OutsideState.DECLINED,
        word=company.marks(pair, Secrecy.PAIR, "OutsideSigner word"),
    )
    make_link(SigningLink, purpose=SIGNING, days=14, signer=signer)
