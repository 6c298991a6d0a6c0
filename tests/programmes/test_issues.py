"""What somebody brings to the coordinators in private stays between them."""

import itertools

import pytest
from django.db import connection

from mentoring.history.models import Event
from mentoring.notices.domain.queries import shown_to_staff
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import platform_scope
from programmes.domain.issues import (
    IssueClosed,
    NobodyToRead,
    answer_issue,
    close_issue,
    issues_for,
    issues_of_cohort,
    raise_issue,
    reopen_issue,
)
from programmes.models import Issue
from tests.cast import Company
from tests.factories import AssignmentFactory, CohortFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
SECRET = "My supervisor reads my screen."
EVERYBODY = ("admin", "coordinator", "partner_lead", "steering", "mentor", "mentee", "mentor_two", "mentee_two")


@pytest.fixture
def issue(inside: Company) -> Issue:
    return raise_issue(person=inside.participants["mentee"], kind="help", text=SECRET, actor=inside.mentee)


@pytest.mark.covers("plp.sys.07")
@pytest.mark.parametrize("who", EVERYBODY)
def test_only_who_raised_it_and_the_coordinators_see_an_issue(inside, issue, who):
    sees = set(issues_for(getattr(inside, who))) == {issue}
    assert sees == (who in {"coordinator", "mentee"})


@pytest.mark.covers("plp.sys.07")
def test_a_coordinator_sees_issues_open_and_closed_open_ones_first(inside, issue):
    newer = raise_issue(
        person=inside.participants["mentor"], kind="referral", text="Advice taken.", actor=inside.mentor
    )
    close_issue(issue=newer, actor=inside.coordinator)
    listed = list(issues_of_cohort(inside.coordinator, inside.cohort))
    assert [(one.pk, one.closed_at is None) for one in listed] == [(issue.pk, True), (newer.pk, False)]
    assert not issues_of_cohort(inside.admin, inside.cohort)


@pytest.mark.covers("plp.sys.102")
@pytest.mark.parametrize("kind", ["help", "referral", "conflict"])
def test_a_mentor_can_note_a_referral_or_an_ethical_issue(inside, kind):
    issue = raise_issue(
        person=inside.participants["mentor"], kind=kind, text="Only what was agreed.", actor=inside.mentor
    )
    assert issues_for(inside.coordinator).get().kind == kind
    assert issue not in issues_for(inside.mentee)


def test_the_messages_say_that_there_is_something_and_nothing_of_it(inside, issue):
    answer_issue(issue=issue, text="I will write to her.", actor=inside.coordinator)
    close_issue(issue=issue, actor=inside.coordinator)
    messages = list(Message.objects.select_related("recipient", "organisation"))
    told = {(message.kind, message.recipient) for message in messages}
    assert told == {
        ("programmes.issue_raised", inside.coordinator),
        ("programmes.issue_answered", inside.mentee),
        ("programmes.issue_closed", inside.mentee),
    }
    for message in messages:
        rendered = render_message(message)
        for words in (rendered.subject, rendered.text, rendered.html):
            assert SECRET not in words
            assert "write to her" not in words
        shown = shown_to_staff(message, with_text=True)
        assert (shown.subject, shown.text) == ("A personal message", "")
    raised = next(message for message in messages if message.kind == "programmes.issue_raised")
    assert inside.mentee.name not in render_message(raised).text


def test_history_tells_nobody_who_raised_an_issue(inside, issue):
    answer_issue(issue=issue, text="More.", actor=inside.mentee)
    events = list(Event.objects.filter(about_kind="programmes.issue"))
    assert len(events) == 2
    assert {event.actor for event in events} == {None}
    assert not Event.objects.filter(within_kind="programmes.participant")


def test_words_are_sealed_in_the_database(inside, issue):
    answer_issue(issue=issue, text=SECRET, actor=inside.mentee)
    with platform_scope("what the column holds"), connection.cursor() as cursor:
        for table in ("programmes_issue", "programmes_issuenote"):
            cursor.execute(f"SELECT text FROM {table}")
            assert SECRET.encode() not in bytes(cursor.fetchone()[0])


def test_either_side_answers_and_the_other_is_told(inside, issue):
    answer_issue(issue=issue, text="Thank you.", actor=inside.coordinator)
    answer_issue(issue=issue, text="It got worse.", actor=inside.mentee)
    told = Message.objects.filter(kind="programmes.issue_answered")
    assert {message.recipient for message in told} == {inside.mentee, inside.coordinator}
    assert [note.author for note in issue.notes.all()] == [inside.coordinator, inside.mentee]


def test_a_closed_issue_takes_no_answer_until_it_is_opened_again(inside, issue):
    assert close_issue(issue=issue, actor=inside.coordinator)
    assert not close_issue(issue=issue, actor=inside.coordinator)
    with pytest.raises(IssueClosed):
        answer_issue(issue=issue, text="Late.", actor=inside.mentee)
    assert reopen_issue(issue=issue, actor=inside.mentee)
    assert not reopen_issue(issue=issue, actor=inside.mentee)
    answer_issue(issue=issue, text="Late.", actor=inside.mentee)
    assert issue.notes.count() == 1


PAGES = {"coordinator": 200, "mentee": 200} | {who: 404 for who in EVERYBODY if who not in {"coordinator", "mentee"}}


@pytest.mark.parametrize(("who", "step"), list(itertools.product(EVERYBODY, ["", "close/", "reopen/"])))
def test_the_page_of_an_issue_and_its_buttons_are_for_the_two_sides_only(inside, issue, sign_in, who, step):
    client = sign_in(getattr(inside, who))
    url = inside.url(f"issues/{issue.pk}/{step}")
    answer = client.post(url) if step else client.get(url)
    expected = PAGES[who]
    if step and expected == 200:
        expected = 403 if (who, step) == ("mentee", "close/") else 302
    assert answer.status_code == expected
    if answer.status_code == 404:
        assert SECRET not in answer.content.decode()


def test_raising_and_answering_by_page(inside, sign_in):
    client, person = sign_in(inside.mentee), inside.participants["mentee"]
    page = client.post(inside.url(f"issues/new/{person.pk}/"), {"kind": "help", "text": SECRET}, follow=True)
    assert SECRET in page.content.decode()
    issue = Issue.objects.get()
    assert issue.participant == person
    sign_in(inside.coordinator).post(inside.url(f"issues/{issue.pk}/"), {"text": "I hear you."})
    assert "I hear you." in client.get(inside.url(f"issues/{issue.pk}/")).content.decode()
    listed = sign_in(inside.coordinator).get(inside.url("programmes/e-mentoring/cohorts/november/issues/?show=open"))
    assert inside.mentee.name in listed.content.decode()


def test_nobody_raises_an_issue_in_somebody_elses_name(inside, sign_in):
    url = inside.url(f"issues/new/{inside.participants['mentee'].pk}/")
    assert sign_in(inside.mentor).post(url, {"kind": "help", "text": "x"}).status_code == 404
    assert sign_in(inside.coordinator).post(url, {"kind": "help", "text": "x"}).status_code == 404
    assert not Issue.objects.exists()


def test_an_answer_to_an_issue_closed_meanwhile_is_not_lost(inside, issue, sign_in):
    close_issue(issue=issue, actor=inside.coordinator)
    page = sign_in(inside.mentee).post(inside.url(f"issues/{issue.pk}/"), {"text": "My long answer"})
    assert page.status_code == 200
    assert "My long answer" in page.content.decode()
    assert "closed meanwhile" in page.content.decode()


def test_what_was_typed_is_kept_when_the_sign_in_has_run_out(inside, client, sign_in):
    url = inside.url(f"issues/new/{inside.participants['mentee'].pk}/")
    went = client.post(url, {"kind": "help", "text": SECRET}, HTTP_ORIGIN="http://testserver")
    assert "/accounts/login/" in went["Location"]
    client.force_login(inside.mentee, backend="django.contrib.auth.backends.ModelBackend")
    from urllib.parse import parse_qs, urlsplit

    back = parse_qs(urlsplit(went["Location"]).query)["next"][0]
    assert SECRET in client.get(back).content.decode()
    assert not Issue.objects.exists()


# --- A coordinator who is the mentoring partner ------------------------------------------------------------------------


@pytest.fixture
def two_hats(inside: Company) -> Company:
    """The mentee's mentor coordinates the programme too, beside the coordinator."""
    AssignmentFactory(programme=inside.programme, membership=inside.participants["mentor"].membership)
    return inside


def raised_by(company, name, text=SECRET):
    return raise_issue(person=company.participants[name], kind="help", text=text, actor=getattr(company, name))


def told(kind="programmes.issue_raised"):
    return {message.recipient for message in Message.objects.filter(kind=kind)}


@pytest.mark.covers("plp.sys.07")
def test_an_issue_neither_reaches_nor_opens_to_a_coordinator_who_is_the_mentoring_partner(two_hats, sign_in):
    issue, others = raised_by(two_hats, "mentee"), raised_by(two_hats, "mentee_two")
    answer_issue(issue=issue, text="It got worse.", actor=two_hats.mentee)
    reopened = raised_by(two_hats, "mentee")
    close_issue(issue=reopened, actor=two_hats.coordinator)
    reopen_issue(issue=reopened, actor=two_hats.mentee)
    about = {row.recipient for row in Message.objects.filter(subject_id__in=[issue.pk, reopened.pk])}
    assert about == {two_hats.coordinator, two_hats.mentee}
    assert set(issues_for(two_hats.mentor)) == set(issues_of_cohort(two_hats.mentor, two_hats.cohort)) == {others}
    assert set(issues_for(two_hats.coordinator)) == {issue, others, reopened}
    assert two_hats.mentor in {row.recipient for row in Message.objects.filter(subject_id=others.pk)}
    client = sign_in(two_hats.mentor)
    for step in ("", "close/", "reopen/"):
        url = two_hats.url(f"issues/{issue.pk}/{step}")
        assert (client.post(url) if step else client.get(url)).status_code == 404
    assert client.get(two_hats.url(f"issues/{others.pk}/")).status_code == 200
    for right in ("programmes.view_issue", "programmes.close_issue"):
        assert not two_hats.mentor.has_perm(right, issue)
        assert two_hats.mentor.has_perm(right, others)
        assert two_hats.coordinator.has_perm(right, issue)


def test_who_was_the_mentoring_partner_stays_one_here_and_so_does_one_known_from_another_cohort(two_hats):
    issue = raised_by(two_hats, "mentee")
    two_hats.pairing.members.update(left_at="2026-12-01T00:00Z")
    type(two_hats.pairing).objects.filter(pk=two_hats.pairing.pk).update(
        state="dissolved", ended_at="2026-12-01T00:00Z"
    )
    later = ParticipantFactory(
        cohort=CohortFactory(programme=two_hats.programme, slug="later"),
        membership=two_hats.participants["mentee"].membership,
        side="mentee",
    )
    newer = raise_issue(person=later, kind="help", text=SECRET, actor=two_hats.mentee)
    assert set(issues_for(two_hats.coordinator)) == {issue, newer}
    assert not issues_for(two_hats.mentor).exists()
    assert told() == {two_hats.coordinator}


def test_one_who_raised_it_and_coordinates_reads_their_own(two_hats):
    issue = raised_by(two_hats, "mentor")
    assert list(issues_for(two_hats.mentor)) == [issue]
    assert told() == {two_hats.coordinator}


def test_the_form_says_first_whom_it_reaches_and_from_whom_it_is_kept(two_hats, sign_in):
    page = sign_in(two_hats.mentee).get(two_hats.url(f"issues/new/{two_hats.participants['mentee'].pk}/"))
    words = page.content.decode()
    assert f"at present {two_hats.coordinator.name}, and nobody else" in words
    assert f"It is kept from {two_hats.mentor.name}" in words
    assert words.index("at present") < words.index("<textarea")
    other = sign_in(two_hats.mentee_two).get(two_hats.url(f"issues/new/{two_hats.participants['mentee_two'].pk}/"))
    assert "It is kept from" not in other.content.decode()


def test_where_the_only_coordinator_is_the_partner_it_is_said_before_anything_is_typed(two_hats, sign_in):
    place = two_hats.participants["mentee"]
    issue = raised_by(two_hats, "mentee")
    two_hats.programme.assignments.exclude(membership=two_hats.participants["mentor"].membership).delete()
    with pytest.raises(NobodyToRead):
        raised_by(two_hats, "mentee")
    client = sign_in(two_hats.mentee)
    words = client.get(two_hats.url(f"issues/new/{place.pk}/")).content.decode()
    assert "Nobody could read it here just now" in words
    assert f"mailto:{two_hats.admin.email}" in words
    assert "<textarea" not in words
    sent = client.post(two_hats.url(f"issues/new/{place.pk}/"), {"kind": "help", "text": "Typed before that"})
    assert "Typed before that" in sent.content.decode()
    assert "It was not sent" in sent.content.decode()
    assert list(Issue.objects.all()) == [issue]
    assert "No coordinator can read this just now" in client.get(two_hats.url(f"issues/{issue.pk}/")).content.decode()
    assert sign_in(two_hats.admin).get(two_hats.url(f"issues/{issue.pk}/")).status_code == 404


def test_who_takes_part_in_nothing_costs_no_look_at_partners(inside, issue, django_assert_num_queries):
    from programmes.domain.roles import roles_for

    roles_for(inside.coordinator)
    with django_assert_num_queries(1):
        assert list(issues_for(inside.coordinator)) == [issue]
