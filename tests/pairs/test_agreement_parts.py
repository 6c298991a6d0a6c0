"""Agreements of titled parts, and the word for the act, as two other handbooks have them."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import adapt_clauses, current_agreement, offer_agreement, open_agreement, revise_agreement
from pairs.domain.agreement_document import render_agreement
from pairs.domain.agreement_reading import read_agreement
from pairs.domain.checking import check_signed
from pairs.domain.signing import sign_agreement
from pairs.enums import AgreementState
from pairs.models import Agreement
from templates_app.answers import AnswerContext
from templates_app.domain.kits import AGREEMENT_KEY, current_version, kit_of, worksheet_of
from templates_app.domain.responses import answers_of, submit_response
from templates_app.domain.worksheet_documents import blank_html
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED, make_pair

CONTRACT = {
    "outcomes": "Lead a team, and a calmer week at home",
    "competencies": [{"_id": "aaaaaaaa", "competency": "communication", "how": "By practice"}],
    "plan_elements": [{"_id": "bbbbbbbb", "element": "Chair the depot meeting"}],
    "ground_rules": [{"_id": "cccccccc", "rule": "We come prepared."}],
    "months": 6,
    "until": "2027-05-02",
    "meeting_schedule": "Every second Tuesday, ninety minutes",
}
ACCEPTED = {"period": 9, "until": "2027-08-02", "frequency": "Monthly", "location": "online", "conflict": "settled"}


@pytest.fixture
def caltrans(db):
    """A pair with contracts; their organisation open."""
    yield from _open("caltrans")


@pytest.fixture
def gla(db):
    """A pair with an agreement that is accepted; their organisation open."""
    yield from _open("gla")


def pairs_at_once(handbook) -> None:
    """A coordinator may pair people, and nobody outside has to approve first."""
    handbook.content["matching"]["mode"] = "both"
    handbook.content["joining"]["approval"] = None


def _open(kit: str):
    made = make_pair(kit=kit, slug=kit, changed=pairs_at_once)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def offer(pair, answers):
    """Write the draft there is and send it for signing."""
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentee)
    submit_response(
        response=agreement.response,
        actor=pair.mentee,
        answers={**answers_of(agreement.response), **answers},
        revision=agreement.response.revision,
        context=AnswerContext(now=PAIRED),
    )
    return offer_agreement(agreement=agreement, actor=pair.mentee)


def sign(agreement, user, typed="A. T."):
    return sign_agreement(
        agreement=agreement,
        actor=user,
        typed_name=typed,
        content_sha256=agreement.content_sha256,
        consent={},
        method="code",
        acknowledged=True,
    )


def in_force(pair, answers):
    agreement = offer(pair, answers)
    for user in (pair.mentee, pair.mentor):
        sign(agreement, user)
    return Agreement.objects.select_related("document").get(pk=agreement.pk)


@pytest.mark.covers("cal.sys.40")
def test_both_lists_of_eight_and_lines_that_grow(caltrans):
    agreement = offer(caltrans, CONTRACT)
    readable = read_agreement(agreement, zone="UTC", locale="en-gb")
    assert [group.title for group in readable.groups] == ["Responsibilities", "Code of practice"]
    mentor, mentee = readable.groups[0].clauses
    assert (mentor["binds"], len(mentor["parts"]), mentee["binds"], len(mentee["parts"])) == ("mentor", 8, "mentee", 8)
    fields = {field.key: field for field in worksheet_of(agreement.response.version).fields()}
    lines = [fields[key] for key in ("competencies", "plan_elements", "ground_rules")]
    assert [field.start_rows for field in lines] == [3, 3, 6]
    assert all(field.max_rows > field.start_rows for field in lines)


@pytest.mark.covers("cal.sys.45")
def test_altering_an_initialled_contract_makes_a_version_that_both_initial_again(caltrans):
    first = in_force(caltrans, CONTRACT)
    revise_agreement(agreement=first, actor=caltrans.mentee)
    second = offer(caltrans, {"outcomes": "Lead two teams"})
    assert (second.number, second.state) == (2, AgreementState.OFFERED)
    sign(second, caltrans.mentee)
    assert Agreement.objects.get(pk=first.pk).state == AgreementState.SIGNED, "until both have initialled the new one"
    sign(second, caltrans.mentor)
    assert Agreement.objects.get(pk=second.pk).state == AgreementState.SIGNED
    assert Agreement.objects.get(pk=first.pk).state == AgreementState.SUPERSEDED


@pytest.mark.covers("cal.sys.47")
def test_the_code_of_practice_stands_with_the_contract_and_is_always_within_reach(caltrans, sign_in):
    in_force(caltrans, CONTRACT)
    client = sign_in(caltrans.mentee)
    page = client.get(f"{caltrans.place}agreement/").content.decode()
    assert "<h2>Code of practice</h2>" in page
    assert page.count("We keep each other&#x27;s confidences.") == 1
    for path in ("mentoring/", f"pairs/{caltrans.pairing.pk}/sessions/"):
        assert caltrans.url("what-mentoring-is/") in client.get(caltrans.url(path)).content.decode(), path
    within_reach = client.get(caltrans.url("what-mentoring-is/")).content.decode()
    assert "Nine points hold for both of you, always" in within_reach
    code = next(one for one in kit_of(caltrans.pairing.cohort.programme.handbook).agreement.parts if one.key == "code")
    clauses = kit_of(caltrans.pairing.cohort.programme.handbook).agreement.clauses
    assert sum(clause.part == code.key for clause in clauses) == 9


@pytest.mark.covers("cal.sys.91")
def test_outcomes_goals_in_scope_and_the_schedule_of_meetings_are_in_the_contract(caltrans):
    agreement = in_force(caltrans, CONTRACT)
    paper = render_agreement(agreement.document)
    for words in ("Lead a team, and a calmer week at home", "Every second Tuesday, ninety minutes"):
        assert words in paper
    outcomes = worksheet_of(agreement.response.version).fields()
    assert "private and of the career" in next(field.help for field in outcomes if field.key == "outcomes")


def test_parts_stand_in_page_paper_and_blank_and_what_a_pair_adds_stands_by_itself(caltrans, sign_in):
    draft = open_agreement(pairing=caltrans.pairing, actor=caltrans.mentee)
    wording = {"own_1": {"text": "We laugh", "added": True}}
    adapt_clauses(agreement=draft, wording=wording, revision=draft.revision, actor=caltrans.mentee)
    agreement = in_force(caltrans, CONTRACT)
    readable = read_agreement(agreement, zone="UTC", locale="en-gb")
    titles = ["Responsibilities", "Code of practice", "Clauses of your own"]
    assert [group.title for group in readable.groups] == titles
    assert check_signed(agreement).is_sound
    paper = render_agreement(agreement.document)
    blank = blank_html(
        current_version(caltrans.pairing.cohort.programme.handbook, AGREEMENT_KEY), AnswerContext(locale="en-gb")
    )
    page = sign_in(caltrans.mentor).get(f"{caltrans.place}agreement/").content.decode()
    for html in (paper, blank, page):
        assert html.index("<h2>Responsibilities</h2>") < html.index("<h2>Code of practice</h2>")
        assert "Read it together before you put your initials." in html


@pytest.mark.covers("gla.must.67")
def test_everybody_reaches_toolkit_and_agreement_before_there_is_a_pair(gla, sign_in):
    alone = UserFactory(email="alone@gla.example")
    ParticipantFactory(cohort=gla.pairing.cohort, membership=MembershipFactory(user=alone), side="mentee")
    client, library = sign_in(alone), gla.url("guidance/e-mentoring/")
    shelf = client.get(library).content.decode()
    assert f"{library}agreement/" in shelf
    assert shelf.count(f"{library}articles/") > 10, "the toolkit's articles"
    text = client.get(f"{library}agreement/").content.decode()
    places = [
        text.index(f"<h2>{title}</h2>") for title in ("Context", "Boundaries", "Integrity", "Contracting", "Feedback")
    ]
    assert places == sorted(places)
    assert "neither of us a short cut or a favour" in text
    assert "Helen" not in text


@pytest.mark.covers("gla.must.16", "gla.must.36")
def test_a_conflict_is_asked_and_the_exceptions_are_told_before_one_accepts(gla, sign_in):
    agreement = offer(gla, ACCEPTED)
    page = sign_in(gla.mentor).get(f"{gla.place}agreement/sign/").content.decode()
    assert "what puts a person or the organisation at risk of harm" in page
    assert "what is against the law" in page
    assert page.index("at risk of harm") < page.index("I accept the agreement")
    assert "Yes, and we have decided how to go on" in page
    handbook = gla.pairing.cohort.programme.handbook
    sheet = worksheet_of(current_version(handbook, "conflict"))
    assert sheet.filled_by == "together"
    asked = {field.key: field for field in sheet.fields()}
    assert [option.key for option in asked["decision"].options] == ["go_on", "go_on_with_limits", "stop"]
    assert asked["decision"].need == "must"
    assert agreement.content["answers"]["conflict"] == "settled", "it is recorded in the text that both accept"


def test_one_accepts_and_does_not_sign(gla, sign_in):
    offer(gla, ACCEPTED)
    client = sign_in(gla.mentee)
    assert "Read and accept" in client.get(f"{gla.place}agreement/").content.decode()
    found = current_agreement(gla.pairing)
    answer = client.post(
        f"{gla.place}agreement/sign/", {"content_sha256": found.content_sha256, "acknowledged": "on"}, follow=True
    )
    assert "You have accepted it" in answer.content.decode()


@pytest.mark.covers("gla.must.46")
def test_the_review_of_the_period_is_reminded_before_the_agreed_end(gla):
    in_force(gla, ACCEPTED)
    review = gla.output(worksheet="review", moment="before-the-end")
    until = dt.datetime(2027, 8, 2, tzinfo=dt.UTC)
    assert review.required
    assert until - dt.timedelta(days=30) < review.opens_at < until - dt.timedelta(days=26)
    assert review.opens_at < review.next_reminder_at < until
