"""How an event was: asked of those who were there, counted from five on, without names where the event says so."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.domain.holding import still_holds
from mentoring.notices.models import Message
from programmes.domain.event_feedback import KIND, NotAsked, say_how_it_was
from programmes.domain.gatherings import plan_gathering
from programmes.domain.places import note_attendance, say_whether_one_comes
from programmes.models import Gathering, GatheringFeedback, Guest, Participant
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.programmes.conftest import COHORT, words

pytestmark = pytest.mark.django_db
STARTS = dt.datetime(2030, 3, 4, 20, 0, tzinfo=dt.UTC)
NOTED = STARTS + dt.timedelta(hours=2)
CLOSED = NOTED + dt.timedelta(days=7)
FACTS = {"title": "Workshop on listening", "text": "", "minutes": 60, "zone": "Pacific/Apia", "place": ""}


class Held:
    """An event at which five people were, and one who had said that they would come."""

    def __init__(self, company, asks: str) -> None:
        self.company = company
        self.people: list[Participant] = [company.participants[who] for who in ("mentor", "mentee", "mentor_two")]
        for number in range(2):
            user = UserFactory(given_name=f"Guest {number}", family_name="More")
            self.people.append(ParticipantFactory(cohort=company.cohort, membership=MembershipFactory(user=user)))
        self.users = [person.membership.user for person in self.people]
        absent = company.participants["mentee_two"]
        self.event = plan_gathering(
            cohort=company.cohort, starts_at=STARTS, people=[*self.people, absent], actor=company.coordinator,
            asks=asks, **FACTS,
        )  # fmt: skip
        for person in (*self.people, absent):
            user = person.membership.user
            say_whether_one_comes(gathering=self.event, person=person, answer="coming", actor=user)
        self.page = company.url(f"events/{self.event.pk}/")
        self.form = f"{self.page}feedback/"
        self.results = company.url(f"{COHORT}events/{self.event.pk}/")

    def guest(self, person: Participant) -> Guest:
        return Guest.objects.select_related("gathering", "participant").get(gathering=self.event, participant=person)

    def note(self, people=None) -> None:
        present = [self.guest(person).pk for person in (self.people if people is None else people)]
        note_attendance(gathering=self.event, present=present, actor=self.company.coordinator)

    def say(self, number: int, score: int = 4, text: str = "") -> None:
        person = self.people[number]
        say_how_it_was(guest=self.guest(person), score=score, words=text, actor=self.users[number])


@pytest.fixture
def held(inside):
    return Held(inside, "nameless")


@pytest.fixture
def named(inside):
    return Held(inside, "named")


@pytest.mark.covers("phase1.must.17", "phase1.arch.6.c")
def test_those_who_were_there_are_asked_and_say_it_by_page_once(held, inside, sign_in):
    with clock.at(NOTED):
        held.note()
        asked = {message.recipient for message in Message.objects.filter(kind=KIND)}
        assert asked == set(held.users), "those who were there, and nobody else"
        client = sign_in(inside.mentor)
        assert "How was it?" in words(client.get(inside.url("events/")))
        assert held.form in words(client.get(held.page))
        page = words(client.get(held.form))
        assert "Your name is not kept" in page
        assert "very useful" in page
        faulty = client.post(held.form, {"words": "More time for questions."})
        assert "More time for questions." in words(faulty), "nothing typed is lost"
        assert not GatheringFeedback.objects.exists()
        sent = client.post(held.form, {"score": "4", "words": "More time for questions."}, follow=True)
        assert "has arrived" in words(sent)
        assert "You have said how it was" in words(sent)
        client.post(held.form, {"score": "1", "words": "Again."})
        assert [(row.score, row.words) for row in GatheringFeedback.objects.all()] == [(4, "More time for questions.")]
        assert "How was it?" not in words(client.get(inside.url("events/")))
        held.note()
        assert Message.objects.filter(kind=KIND).count() == 5, "noted again, nobody is asked again"


@pytest.mark.covers("phase1.must.17")
def test_nobody_else_says_how_it_was_and_nobody_before_it_is_over_or_after_the_week(held, inside, sign_in, outsider):
    with clock.at(STARTS + dt.timedelta(minutes=10)):
        held.note()
        with pytest.raises(NotAsked):
            held.say(0)
    with clock.at(NOTED):
        absent = held.guest(inside.participants["mentee_two"])
        with pytest.raises(NotAsked):
            say_how_it_was(guest=absent, score=5, words="", actor=inside.mentee_two)
        with pytest.raises(NotAsked):
            say_how_it_was(guest=held.guest(held.people[0]), score=5, words="", actor=inside.mentee)
        assert sign_in(inside.mentee_two).post(held.form, {"score": "5"}).status_code == 302
        for who in (inside.coordinator, inside.partner_lead, inside.admin, outsider):
            assert sign_in(who).get(held.form).status_code == 404
            assert sign_in(who).post(held.form, {"score": "5"}).status_code == 404
    with clock.at(CLOSED), pytest.raises(NotAsked):
        held.say(0)
    assert not GatheringFeedback.objects.exists()


def test_who_is_no_longer_noted_as_there_or_has_said_it_gets_no_letter(held):
    with clock.at(NOTED):
        held.note()
        asked = Message.objects.get(kind=KIND, recipient=held.users[0])
        assert still_holds(asked)
        held.note(held.people[1:])
        assert not still_holds(asked)
        held.note()
        assert still_holds(asked)
        held.say(0)
        assert not still_holds(asked)


@pytest.mark.covers("phase1.must.17", "phase1.arch.6.c")
def test_the_organiser_reads_figures_and_words_of_five_when_the_week_is_over_and_no_names(held, inside, sign_in):
    client = sign_in(inside.coordinator)
    with clock.at(NOTED):
        held.note()
        for number, score in enumerate((5, 5, 4, 2)):
            held.say(number, score, f"Thought number {number}.")
        page = words(client.get(held.results))
        assert "4 of 5 who were there have said how it was" in page
        assert "Thought number" not in page
        assert "How useful it was" not in page
        held.say(4, 3, "Thought number 4.")
        page = words(client.get(held.results))
        assert "Thought number" not in page, "not before the week is over: two looks would tell the last answer"
    with clock.at(CLOSED):
        page = words(client.get(held.results))
    after = page[page.index("How it was") :]
    assert "How useful it was" in after
    for number in range(5):
        assert f"Thought number {number}." in after
    words_alone = after[after.index("In their words") : after.index("</main>")].split("The event")[0]
    assert not [user.name for user in held.users if user.name in words_alone]


@pytest.mark.covers("phase1.must.17")
def test_fewer_than_five_answers_are_never_shown(held, inside, sign_in):
    with clock.at(NOTED):
        held.note()
        for number in range(4):
            held.say(number, 1, f"Thought number {number}.")
    with clock.at(CLOSED + dt.timedelta(days=30)):
        page = words(sign_in(inside.coordinator).get(held.results))
    assert "4 of 5" in page
    assert "Figures are shown of five answers or more" in page
    assert "Thought number" not in page
    assert "How useful it was" not in page


@pytest.mark.covers("phase1.must.17")
def test_what_is_kept_without_a_name_leads_to_nobody(held):
    before = Event.objects.count()
    with clock.at(NOTED):
        held.note()
    noted = Event.objects.count()
    assert noted == before + 1
    for number in range(2):
        with clock.at(NOTED + dt.timedelta(hours=number)):
            held.say(number, 4, "A thought.")
    assert Event.objects.count() == noted, "no history of who said it when"
    rows = GatheringFeedback.objects.all()
    assert {(row.guest_id, row.created_at) for row in rows} == {(None, held.event.ends_at)}


@pytest.mark.covers("phase1.must.17")
def test_words_with_names_are_read_at_once_where_the_event_says_so_beforehand(named, inside, sign_in):
    with clock.at(NOTED):
        named.note()
        assert "Your words stand with your name" in words(sign_in(inside.mentor).get(named.form))
        named.say(0, 2, "Too long for me.")
        page = words(sign_in(inside.coordinator).get(named.results))
        assert "Too long for me." in page
        assert page.count(inside.participants["mentor"].name) > 1
        assert "How useful it was" not in page, "what one chose stays in the figures"


@pytest.mark.parametrize("who", ["mentor", "partner_lead", "steering", "admin"])
def test_nobody_but_coordinators_reads_what_came_of_it(held, inside, sign_in, who):
    with clock.at(NOTED):
        held.note()
        for number in range(5):
            held.say(number, 4, "A thought of somebody.")
    with clock.at(CLOSED):
        client = sign_in(getattr(inside, who))
        assert client.get(held.results).status_code in {403, 404}
        assert "A thought of somebody." not in words(client.get(held.page))


def test_where_nobody_is_to_be_asked_nobody_is(inside, sign_in):
    held = Held(inside, "nobody")
    with clock.at(NOTED):
        held.note()
        assert not Message.objects.filter(kind=KIND).exists()
        with pytest.raises(NotAsked):
            held.say(0)
        assert "have said how it was" not in words(sign_in(inside.coordinator).get(held.results))
    assert Gathering.objects.get().asks_until is None
