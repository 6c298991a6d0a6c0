"""The pages of choosing: each one's way through them, and what nobody else gets."""

import datetime as dt
import re

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.choosing.answering import accept_request, decide
from programmes.domain.choosing.asking import begin_request
from programmes.domain.sheets import begin_own_sheet
from programmes.enums import RequestState
from programmes.models import MentorRequest, Participant
from tests.factories import MembershipFactory, OrganisationFactory
from tests.programmes.choosing.conftest import NOW, World, change_kit

CONFIDED = "Three confiding sentences"


def text(world: World, name: str, path: str, status: int = 200) -> str:
    answer = world.client(name).get(world.url(path))
    assert answer.status_code == status, f"{path} as {name}: {answer.status_code}"
    return answer.content.decode()


def post(world: World, name: str, path: str, /, **data) -> str:
    answer = world.client(name).post(world.url(path), data, follow=True)
    assert answer.status_code == 200, f"{path} as {name}: {answer.status_code}"
    return answer.content.decode()


class TestTheMenteeS:
    def test_from_waiting_to_the_list_to_a_request_that_is_sent(self, approved):
        ada, marta = approved.place("Ada"), approved.place("Marta")
        Participant.objects.update(oriented_at=NOW)
        assert f"place/{ada.pk}/mentors/" in text(approved, "Ada", f"enrolment/{ada.pk}/next/")
        found = text(approved, "Ada", f"place/{ada.pk}/mentors/")
        assert "Marta Tester" in found
        assert "Nils Tester" in found
        found = text(approved, "Ada", f"place/{ada.pk}/mentors/?competencies=flexibility")
        assert "Nils Tester" not in found
        assert "Sailing" in text(approved, "Ada", f"place/{ada.pk}/mentors/{marta.pk}/")
        assert "on your list" in post(approved, "Ada", f"place/{ada.pk}/mentors/{marta.pk}/in-mind/")
        assert "Write to them" in post(approved, "Ada", f"place/{ada.pk}/mentors/{marta.pk}/ask/")
        asked = MentorRequest.objects.get()
        assert "What are you after?" in text(approved, "Ada", f"requests/{asked.pk}/sheet/")
        approved.write(asked)
        assert "Your request is with" in post(approved, "Ada", f"requests/{asked.pk}/do/send/")
        assert approved.fresh(asked).state == RequestState.ASKED
        assert "Marta Tester" in text(approved, "Ada", f"place/{ada.pk}/choosing/")

    def test_before_the_approval_the_page_says_what_is_missing_and_keeps_the_draft(self, world):
        begun = world.begin("Ada", "Marta")
        assert "needs an approval first" in text(world, "Ada", f"requests/{begun.pk}/")
        assert "needs an approval first" in post(world, "Ada", f"requests/{begun.pk}/do/send/")
        assert world.fresh(begun).state == RequestState.DRAFT
        page = text(world, "Ada", f"place/{world.place('Ada').pk}/approval/")
        assert "una@chief.example" in page
        sent = post(world, "Ada", f"place/{world.place('Ada').pk}/approval/", name="Una", email="una@chief.example")
        assert "on its way to Una" in sent
        assert "Take it back" in sent

    def test_the_home_of_who_waits_leads_to_the_next_step(self, world):
        Participant.objects.update(oriented_at=NOW)
        assert f"place/{world.place('Ada').pk}/approval/" in text(
            world, "Ada", f"enrolment/{world.place('Ada').pk}/next/"
        )
        world.approve("Ada")
        assert "See the mentors" in text(world, "Ada", f"enrolment/{world.place('Ada').pk}/next/")
        world.ask("Ada", "Marta")
        assert "You have asked Marta" in text(world, "Ada", f"enrolment/{world.place('Ada').pk}/next/")
        assert "1 mentee asks you" in text(world, "Marta", f"enrolment/{world.place('Marta').pk}/next/")

    def test_somebody_off_the_list_is_named(self, approved):
        place = f"place/{approved.place('Ada').pk}/mentors/by-address/"
        text(approved, "Ada", place)
        who = {"given_name": "Zoe", "family_name": "Far", "email": "zoe@x.example", "known_how": "The choir"}
        assert "Your request to Zoe Far" in post(approved, "Ada", place, **who)
        change_kit(approved, "matching.request", off_list=False)
        text(approved, "Ada", place, 404)


class TestTheMentorS:
    def test_a_request_is_read_answered_and_the_talk_is_dated(self, london):
        asked = london.ask("Ada", "Marta")
        marta = london.place("Marta")
        assert "Ada Tester" in text(london, "Marta", f"place/{marta.pk}/choosing/")
        page = text(london, "Marta", f"requests/{asked.pk}/")
        assert CONFIDED in page
        assert "No reason is asked" in page
        past = (NOW - dt.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
        answer = london.client("Marta").post(london.url(f"requests/{asked.pk}/do/accept/"), {"at": past})
        assert answer.status_code == 422
        assert "This time is past" in answer.content.decode()
        coming = (NOW + dt.timedelta(days=9)).strftime("%Y-%m-%dT09:30")
        post(london, "Marta", f"requests/{asked.pk}/do/accept/", at=coming)
        assert london.fresh(asked).talk_at == dt.datetime(2026, 11, 11, 9, 30, tzinfo=dt.UTC)
        page = text(london, "Ada", f"requests/{asked.pk}/")
        assert "22:30 in Auckland" in page
        assert "Agree to this time" in page
        assert "agreed" in post(london, "Ada", f"requests/{asked.pk}/do/agree/")

    @pytest.mark.covers("gla.must.7")
    def test_the_call_has_its_length_and_its_points_for_each_alone(self, london):
        """``gla.must.7``: 15 to 30 minutes, with what to talk about."""
        asked = london.ask("Ada", "Marta")
        page = text(london, "Ada", f"requests/{asked.pk}/")
        assert "About 30 minutes" in page
        assert "15 to 30 minutes are enough" in page
        sheet = begin_own_sheet(person=london.place("Ada"), worksheet="chemistry", actor=london.user("Ada"))
        points = text(london, "Ada", f"worksheets/{sheet.pk}/")
        for point in (
            "introduced ourselves",
            "What the mentee hopes for",
            "Why the mentor volunteered",
            "working lives",
        ):
            assert point in points
        for name in ("Marta", "coordinator"):
            text(london, name, f"worksheets/{sheet.pk}/", 404)

    def test_the_door(self, london):
        place = f"place/{london.place('Marta').pk}/"
        assert "Open it again" in post(london, "Marta", f"{place}door/", do="close")
        assert "Close it for a while" in post(london, "Marta", f"{place}door/", do="open")


class TestDecidingAlone:
    def test_two_yes_and_the_page_says_so(self, london):
        asked = london.ask("Ada", "Marta")
        accept_request(request=london.fresh(asked), actor=london.user("Marta"))
        assert "stays with you" in post(london, "Ada", f"requests/{asked.pk}/do/yes/")
        assert "Your yes is noted" not in text(london, "Marta", f"requests/{asked.pk}/")
        post(london, "Marta", f"requests/{asked.pk}/do/yes/")
        assert london.fresh(asked).state == RequestState.PAIRED
        assert "You are a pair" in text(london, "Ada", f"requests/{asked.pk}/")

    def test_a_no_reads_the_same_whoever_said_it(self, london):
        pages = []
        for who in ("Ada", "Marta"):
            asked = london.ask("Ada", "Marta")
            accept_request(request=london.fresh(asked), actor=london.user("Marta"))
            post(london, who, f"requests/{asked.pk}/do/no/")
            page = text(london, "Ada", f"requests/{asked.pk}/")
            pages.append(re.sub(r"csrfmiddlewaretoken[^>]*|nonce=\S+", "", page.replace(str(asked.pk), "")))
        assert pages[0] == pages[1]


class TestWhoSeesWhat:
    def test_nobody_but_the_two_reads_a_request(self, london):
        begun = london.begin("Ada", "Marta")
        text(london, "Marta", f"requests/{begun.pk}/", 404)
        asked = london.ask("Ada", "Marta")
        for name in ("Ben", "Nils", "coordinator"):
            for page in ("", "sheet/", "sheet/read/"):
                text(london, name, f"requests/{asked.pk}/{page}", 404)
            answer = london.client(name).post(london.url(f"requests/{asked.pk}/do/withdraw/"))
            assert answer.status_code == 404
        assert london.fresh(asked).state == RequestState.ASKED

    def test_a_coordinator_sees_that_requests_run_and_no_word_of_them(self, london):
        asked = london.ask("Ada", "Marta")
        begin_request(mentee=london.place("Ben"), mentor=london.place("Nils"), actor=london.user("Ben"))
        page = text(london, "coordinator", "programmes/choice/cohorts/first/requests/")
        assert "Ada Tester" in page
        assert "waits for an answer" in page
        assert CONFIDED not in page
        assert "Ben Tester" not in page
        accept_request(request=london.fresh(asked), actor=london.user("Marta"))
        decide(request=london.fresh(asked), wishes=False, actor=london.user("Marta"))
        page = text(london, "coordinator", "programmes/choice/cohorts/first/requests/")
        assert "Ada Tester" not in page
        assert "Ended without one</dt><dd>1<" in page

    def test_a_mentor_reads_no_more_once_it_has_ended(self, london):
        asked = london.ask("Ada", "Marta")
        post(london, "Marta", f"requests/{asked.pk}/do/decline/")
        assert CONFIDED not in text(london, "Marta", f"requests/{asked.pk}/")
        text(london, "Marta", f"requests/{asked.pk}/sheet/read/", 404)
        assert CONFIDED in text(london, "Ada", f"requests/{asked.pk}/")

    def test_a_place_is_its_owner_s(self, world):
        ada = world.place("Ada").pk
        marta = world.place("Marta").pk
        for page in ("choosing/", "mentors/", "mentors/by-address/", f"mentors/{marta}/", "approval/"):
            for name in ("Ben", "Marta", "coordinator"):
                text(world, name, f"place/{ada}/{page}", 404)
        text(world, "Marta", f"place/{marta}/mentors/", 404)
        text(world, "Ada", f"place/{ada}/mentors/{world.place('Ben').pk}/", 404)

    def test_a_paused_mentor_is_as_absent_as_anybody(self, world):
        Participant.objects.filter(given_name="Marta").update(paused_at=NOW)
        text(world, "Ada", f"place/{world.place('Ada').pk}/mentors/{world.place('Marta').pk}/", 404)

    def test_a_request_of_another_organisation_is_absent(self, london):
        asked = london.ask("Ada", "Marta")
        other = OrganisationFactory(slug="elsewhere")
        with tenant_scope(other):
            MembershipFactory(user=london.users["Ada"])
        assert london.client("Ada").get(f"/o/elsewhere/requests/{asked.pk}/").status_code == 404


class TestTheCoordinatorS:
    def test_an_approval_is_sent_and_seen_from_the_person_s_page(self, world):
        person = f"programmes/choice/cohorts/first/people/{world.place('Ada').pk}/"
        assert "not asked yet" in text(world, "coordinator", person)
        sent = post(world, "coordinator", f"{person}approval/", name="Una", email="una@chief.example")
        assert "on its way to Una" in sent
        assert "waits for an answer" in text(world, "coordinator", person)
        assert "Taken back" in post(world, "coordinator", f"{person}approval/", do="revoke")

    def test_a_mentor_is_taken_out_of_the_list_and_put_back(self, world):
        person = f"programmes/choice/cohorts/first/people/{world.place('Marta').pk}/"
        assert "Out of the list" in post(world, "coordinator", f"{person}door/", do="close")
        assert "Mentees see them" in post(world, "coordinator", f"{person}door/", do="open")

    def test_a_pair_is_confirmed_where_that_is_theirs(self, london):
        change_kit(london, "matching", mode="both")
        change_kit(london, "matching.request", confirms="coordinator", talk=None)
        asked = london.ask("Ada", "Marta")
        post(london, "Marta", f"requests/{asked.pk}/do/accept/")
        requests = "programmes/choice/cohorts/first/requests/"
        assert "Confirm the pair" in text(london, "coordinator", requests)
        assert "are a pair" in post(london, "coordinator", f"{requests}{asked.pk}/confirm/")
        assert london.fresh(asked).state == RequestState.PAIRED
