"""The library grows: mentors and coordinators add what helped them, and everybody finds it by words, topic and role."""

import re
from html import unescape

import pytest

from programmes.domain import library_adding
from programmes.domain.library_adding import MayNotAdd, add_to_library
from programmes.models import HandbookEdit, Programme
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.programmes.conftest import PROGRAMME

pytestmark = pytest.mark.django_db
BOOK = {
    "title": "Quiet leading", "url": "https://books.example/quiet", "note": "A book of short essays by Ioane Sapolu",
    "topics": "leadership, listening", "roles": ["mentee"],
}  # fmt: skip


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", unescape(client.get(url).content.decode()))


@pytest.fixture
def library(inside):
    return inside.url("guidance/e-mentoring/resources/")


@pytest.mark.covers("phase1.must.14")
def test_a_mentor_adds_and_others_find_it_by_words_topic_and_role(inside, library, sign_in):
    mentor, mentee = sign_in(inside.mentor), sign_in(inside.mentee)
    assert "Quiet leading" not in page(mentee, library)
    assert "Add something to the library" in page(mentor, library)
    told = mentor.post(library, BOOK, follow=True).content.decode()
    assert "“Quiet leading” is in the library." in unescape(told)
    for query in (
        "q=quiet",
        "q=sapolu",
        "topic=leadership",
        "topic=listening",
        "for=mentee",
        "q=essays&topic=leadership",
    ):
        assert "https://books.example/quiet" in page(mentee, f"{library}?{query}"), query
    for query in ("q=quiet+loud", "topic=boats", "for=mentor"):
        assert "https://books.example/quiet" not in page(mentee, f"{library}?{query}"), query
    assert "?topic=leadership" in page(mentee, library), "the topic is one of the filters"
    (edit,) = HandbookEdit.objects.filter(programme=inside.programme)
    assert edit.made_by == inside.mentor
    coordinator = sign_in(inside.coordinator)
    assert "Quiet leading" in page(coordinator, inside.url(f"{PROGRAMME}handbook/resources/"))
    coordinator.post(inside.url(f"{PROGRAMME}handbook/resources/item/quiet-leading/remove/"))
    assert "Quiet leading" not in page(mentee, library), "coordinators look after it"


@pytest.mark.parametrize("who", ["mentee", "partner_lead", "steering", "admin"])
def test_who_is_neither_mentor_nor_coordinator_reads_and_adds_nothing(inside, library, sign_in, who):
    user = getattr(inside, who)
    client = sign_in(user)
    assert "Add something to the library" not in page(client, library)
    assert client.post(library, BOOK).status_code == 403
    with pytest.raises(MayNotAdd):
        add_to_library(programme=inside.programme, actor=user, **BOOK)
    assert not HandbookEdit.objects.exists()


def test_a_mentor_who_has_withdrawn_or_is_in_another_programme_adds_nothing(inside, library, sign_in):
    other = ProgrammeFactory(slug="other")
    elsewhere = UserFactory()
    ParticipantFactory(
        cohort=CohortFactory(programme=other), membership=MembershipFactory(user=elsewhere), side="mentor"
    )
    assert sign_in(elsewhere).post(library, BOOK).status_code == 404
    place = inside.participants["mentor"]
    type(place).objects.filter(pk=place.pk).update(state="withdrawn")
    assert sign_in(inside.mentor).post(library, BOOK).status_code in {403, 404}
    assert not HandbookEdit.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "required"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"url": "", "note": ""}, "Say what it is"),
        ({"topics": "x" * 100}, "Keep each shorter"),
        ({"topics": ", ".join(f"t{number}" for number in range(11))}, "ten topics at most"),
        ({"topics": ", ".join(f"leadership and listening together {number}" for number in range(9))}, "300 letters"),
    ],
)
def test_what_cannot_stand_there_is_refused_with_what_was_typed(inside, library, sign_in, change, told):
    answer = sign_in(inside.mentor).post(library, BOOK | change)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert told in text
    assert "listening" in text or "topics" in change
    assert not HandbookEdit.objects.exists()


def test_a_full_library_says_so(inside, library, sign_in, monkeypatch):
    monkeypatch.setattr(library_adding, "MOST", 0)
    answer = sign_in(inside.mentor).post(library, BOOK)
    assert "The library is full" in answer.content.decode()
    assert not HandbookEdit.objects.exists()


# --- Of the handbook of aspirations ---------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.arch.8.c", "phase1.arch.8")
def test_reading_on_talking_leading_and_feelings_is_there_and_books_and_tutorials_join_it(in_organisation, sign_in):
    programme: Programme = ProgrammeFactory(slug="aspiring", handbook__kit="aspire")
    cohort = CohortFactory(programme=programme)
    users = {}
    for side in ("mentor", "mentee"):
        users[side] = UserFactory()
        ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=users[side]), side=side)
    users["coordinator"] = UserFactory()
    AssignmentFactory(programme=programme, membership=MembershipFactory(user=users["coordinator"]))
    url = f"/o/{in_organisation.slug}/guidance/aspiring/resources/"
    for user in (users["mentor"], users["mentee"]):
        client = sign_in(user)
        for words, article in (
            ("communication", "talking-and-listening"),
            ("leading", "leading-others"),
            ("emotional intelligence", "feelings-at-work"),
        ):
            assert f"/articles/{article}/" in page(client, f"{url}?q={words}")
            body = page(client, f"/o/{in_organisation.slug}/guidance/aspiring/articles/{article}/")
            assert len(body.split("<main")[1]) > 1500, "there is something to read"
    for user, entry in (("coordinator", "A book on talking"), ("mentor", "A tutorial on giving feedback")):
        added = {"title": entry, "note": "On paper, at the office", "topics": "communication"}
        assert sign_in(users[user]).post(url, added).status_code == 302
    found = page(sign_in(users["mentee"]), f"{url}?topic=communication")
    assert "A book on talking" in found
    assert "A tutorial on giving feedback" in found
