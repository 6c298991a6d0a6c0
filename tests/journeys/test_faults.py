"""What goes wrong on the way: two tabs, a sign-in that has run out, a line that breaks, a shared device, a link for another.

On the product's own pages, in a real browser. Nothing that somebody wrote is lost, and nothing of it reaches anybody else.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as installed
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from mentoring.accounts.models import User
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from pairs.models import Output
from programmes.domain.invitations import invite_person
from programmes.domain.people import add_participant
from templates_app.domain.responses import answers_of
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.journeys.post import Post
from tests.journeys.visitor import Lookout, Visitor, browser, visitor
from tests.ui.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=20_000)
Sheet = tuple[str, str, str, str | None]
OWN: Sheet = ("prep", "f-assumptions", "before-first-meeting", "mentee")
TOGETHER: Sheet = ("intended-outcomes", "f-outcomes", "session-1", None)
"""A sheet that only its author reads, and one that both write: worksheet, one of its questions, moment, whose."""
WORDS, MORE = "What I would tell nobody else", "And what came to me later"
EVERYTHING_KEPT = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("worksheets", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts");
    request.onsuccess = () => resolve(request.result);
  });
  const all = await new Promise((resolve) => {
    const request = database.transaction("drafts").objectStore("drafts").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  const bytes = (buffer) => new TextDecoder("latin1").decode(new Uint8Array(buffer));
  return all.map(({ data }) => bytes(data));
}"""


class Scene:
    """A pair that was just confirmed: ʻAna, whose device it mostly is, and Helen, her mentor."""

    def __init__(self, opened: Browser, address: str) -> None:
        self.opened, self.address = opened, address
        self.post, self.lookout = Post(), Lookout()
        self.organisation = OrganisationFactory(slug="plp")
        with tenant_scope(self.organisation):
            self.cohort = CohortFactory(programme=ProgrammeFactory(slug="e-mentoring"), slug="november")
            self.coordinator = UserFactory(email="leilani@plp.example", given_name="Leilani")
            AssignmentFactory(programme=self.cohort.programme, membership=MembershipFactory(user=self.coordinator))
            self.helen, self.ana = (
                UserFactory(email=f"{name.lower()}@plp.example", given_name=name) for name in ("Helen", "Ana")
            )
            places = {
                side: ParticipantFactory(cohort=self.cohort, membership=MembershipFactory(user=user), side=side)
                for side, user in (("mentor", self.helen), ("mentee", self.ana))
            }
            self.pairing = confirm_pairing(cohort=self.cohort, actor=self.coordinator, **places)

    def sit(self, user: User | None, *, width: int = DESK, script: bool = True) -> Visitor:
        """Somebody at a device of their own, signed in already; ``None`` is not signed in."""
        person = visitor(self.opened, self.address, self.post, self.lookout, width=width, script=script)
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            name = installed.SESSION_COOKIE_NAME
            person.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])
            person.email = user.email
        return person

    def tab(self, person: Visitor) -> Visitor:
        """One more tab of the same browser."""
        page = person.page.context.new_page()
        page.set_viewport_size(person.page.viewport_size)
        return Visitor(page, self.address, self.post, self.lookout, person.script, person.email)

    def sheet(self, which: Sheet) -> str:
        """Where the worksheet is: ʻAna's own, or the one of both."""
        with tenant_scope(self.organisation):
            return f"/o/plp/outputs/{self._output(which).pk}/"

    def stands(self, which: Sheet) -> Any:
        """What the server holds as the answer."""
        with tenant_scope(self.organisation):
            response = self._output(which).response
            return answers_of(response).get(which[1].removeprefix("f-")) if response else None

    def _output(self, which: Sheet) -> Output:
        worksheet, _question, moment, side = which
        rows = Output.objects.select_related("response").filter(pairing=self.pairing, member__side=side)
        return rows.get(worksheet=worksheet, moment=moment)

    def sign_everybody_out(self) -> None:
        """All sessions have run out."""
        Session.objects.all().delete()

    def sign_in(self, person: Visitor, user: User) -> None:
        """Sign in at the page that is open, with the code that comes by e-mail."""
        person.email = user.email
        if person.page.locator("main [name=email]").count() == 0:
            person.follow("Sign in")
        person.write(email=person.email)
        person.press("Send me a code")
        person.enter_code()


@pytest.fixture
def scene(live_server, settings, monkeypatch) -> Iterator[Scene]:
    """The pair, and a browser. Whatever page was seen has no fault of its own."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # Playwright keeps an event loop in this thread
    settings.SITE_URL = live_server.url
    with browser() as opened:
        staged = Scene(opened, live_server.url)
        yield staged
        assert staged.lookout.faults == []


def box(person: Visitor, which: Sheet) -> Locator:
    return person.page.locator(f"main [name={which[1]}]")


def state(person: Visitor) -> Locator:
    return person.page.locator("[data-saved-words]")


def kept(page: Page) -> list[str]:
    """What lies in the browser's database, as text."""
    return page.evaluate(EVERYTHING_KEPT)


# --- Two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "script"), [(PHONE, True), (DESK, False)])
def test_two_tabs_with_one_sheet_end_in_both_texts_side_by_side(scene, width, script):
    ana = scene.sit(scene.ana, width=width, script=script)
    second = scene.tab(ana)
    for tab in (ana, second):
        tab.go(scene.sheet(OWN))
    save(ana, OWN, WORDS)
    box(second, OWN).fill(MORE)
    if script:
        expect(state(second)).to_have_text("Someone else saved: see both")
        second.follow("see both")
    else:
        second.press("Later")
    said = second.says()
    assert "another page or device of yours" in said
    assert WORDS in said
    assert MORE in said
    assert scene.stands(OWN) == WORDS
    side_by_side(second, stacked=width == PHONE)
    second.press("Save what I chose")
    expect(box(second, OWN)).to_have_value(f"{WORDS}\n\n{MORE}")
    assert scene.stands(OWN) == f"{WORDS}\n\n{MORE}"


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)])
@pytest.mark.parametrize("choice", ["Take mine", "Keep what is saved"])
def test_two_people_on_one_sheet_choose_and_nothing_is_overwritten(scene, width, script, choice):
    ana, helen = (scene.sit(user, width=width, script=script) for user in (scene.ana, scene.helen))
    for person in (ana, helen):
        person.go(scene.sheet(TOGETHER))
    save(ana, TOGETHER, WORDS)
    box(helen, TOGETHER).fill(MORE)
    helen.press("Later")
    assert "Ana Tester saved this sheet while you were writing on it" in helen.says()
    helen.page.get_by_label(choice).check()
    helen.press("Save what I chose")
    chosen = MORE if choice == "Take mine" else WORDS
    expect(box(helen, TOGETHER)).to_have_value(chosen)
    assert scene.stands(TOGETHER) == chosen


def save(person: Visitor, which: Sheet, words: str) -> None:
    box(person, which).fill(words)
    if person.script:
        expect(state(person)).to_contain_text("Saved")
    else:
        person.press("Later")


def side_by_side(person: Visitor, *, stacked: bool) -> None:
    first, other = (person.page.locator(".side-by-side .pane").nth(place).bounding_box() for place in (0, 1))
    assert first is not None
    assert other is not None
    assert (first["y"] < other["y"]) == stacked
    assert (first["x"] < other["x"]) != stacked


# --- The sign-in has run out ----------------------------------------------------------------------------------------


def test_words_written_after_the_sign_in_ran_out_are_kept_and_saved_after_signing_in_again(scene):
    ana = scene.sit(scene.ana, width=PHONE)
    ana.go(scene.sheet(OWN))
    scene.sign_everybody_out()
    box(ana, OWN).press_sequentially(WORDS)
    expect(state(ana)).to_have_text("Your words are kept on this device. Sign in again")
    assert not [text for text in kept(ana.page) if WORDS.split(maxsplit=1)[0] in text]
    assert scene.stands(OWN) is None
    ana.follow("Sign in again")
    scene.sign_in(ana, scene.ana)
    expect(box(ana, OWN)).to_have_value(WORDS)
    assert ana.page.url == scene.address + scene.sheet(OWN)
    assert scene.stands(OWN) == WORDS


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)])
def test_a_button_pressed_after_the_sign_in_ran_out_leads_back_to_the_form_with_the_words(scene, width, script):
    ana = scene.sit(scene.ana, width=width, script=script)
    ana.go(scene.sheet(OWN))
    box(ana, OWN).fill(WORDS)
    scene.sign_everybody_out()
    ana.press("Review and send")
    assert "What you typed is kept" in ana.says()
    assert scene.stands(OWN) is None
    scene.sign_in(ana, scene.ana)
    expect(box(ana, OWN)).to_have_value(WORDS)
    assert "What you typed is here" in ana.says()
    if script:
        expect(state(ana)).to_contain_text("Saved")
    else:
        ana.press("Later")
    assert scene.stands(OWN) == WORDS


def test_a_page_left_open_over_a_new_sign_in_of_the_same_person_loses_nothing(scene):
    ana = scene.sit(scene.ana)
    ana.go(scene.sheet(OWN))
    scene.sign_everybody_out()
    second = scene.tab(ana)
    second.go("/accounts/login/")
    scene.sign_in(second, scene.ana)
    box(ana, OWN).press_sequentially(WORDS)
    expect(state(ana)).to_have_text("Your words are kept on this device. Sign in again")
    ana.follow("Sign in again")
    expect(box(ana, OWN)).to_have_value(WORDS)
    assert scene.stands(OWN) == WORDS


# --- The line breaks ------------------------------------------------------------------------------------------------


def test_words_written_without_a_line_are_there_when_the_page_is_opened_again(scene):
    ana = scene.sit(scene.ana, width=PHONE)
    ana.go(scene.sheet(OWN))
    ana.page.context.set_offline(True)
    box(ana, OWN).press_sequentially(WORDS)
    expect(state(ana)).to_have_text("Offline: kept on this device")
    again = scene.tab(ana)
    ana.page.route("**/draft/", lambda route: route.abort())  # not even its last moment helps
    ana.page.close()
    ana.page.context.set_offline(False)
    assert scene.stands(OWN) is None
    again.go(scene.sheet(OWN))
    expect(box(again, OWN)).to_have_value(WORDS)
    assert scene.stands(OWN) == WORDS


def test_a_button_pressed_without_a_line_loses_nothing_though_the_partner_writes_meanwhile(scene):
    ana, helen = scene.sit(scene.ana), scene.sit(scene.helen)
    ana.go(scene.sheet(TOGETHER))
    ana.page.context.set_offline(True)
    box(ana, TOGETHER).press_sequentially(WORDS)
    expect(state(ana)).to_have_text("Offline: kept on this device")
    ana.page.get_by_role("button", name="Later").click()
    ana.page.wait_for_url("chrome-error://**")
    helen.go(scene.sheet(TOGETHER))
    save(helen, TOGETHER, MORE)
    ana.page.context.set_offline(False)
    ana.go(scene.sheet(TOGETHER))
    expect(state(ana)).to_have_text("Someone else saved: see both")
    ana.follow("see both")
    assert WORDS in ana.says()
    assert MORE in ana.says()
    assert scene.stands(TOGETHER) == MORE


def test_what_a_button_has_sent_is_not_brought_back_over_what_was_written_later(scene):
    phone, desk = scene.sit(scene.ana, width=PHONE), scene.sit(scene.ana)
    phone.go(scene.sheet(OWN))
    box(phone, OWN).fill(WORDS)
    phone.press("Later")
    assert scene.stands(OWN) == WORDS
    desk.go(scene.sheet(OWN))
    save(desk, OWN, MORE)
    phone.go(scene.sheet(OWN))
    phone.page.wait_for_load_state("networkidle")
    expect(box(phone, OWN)).to_have_value(MORE)
    assert "see both" not in phone.says()
    assert kept(phone.page) == []
    assert scene.stands(OWN) == MORE


# --- Somebody else on the same device -------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [OWN, TOGETHER], ids=["her own sheet", "the sheet of both"])
def test_words_kept_on_a_device_wait_for_whose_they_are(scene, which):
    ana = scene.sit(scene.ana, width=PHONE)
    ana.go(scene.sheet(which))
    ana.page.context.set_offline(True)
    box(ana, which).press_sequentially(WORDS)
    expect(state(ana)).to_have_text("Offline: kept on this device")
    scene.sign_everybody_out()  # first, or the page's last words might still reach the server as hers
    ana.page.goto("about:blank")
    ana.page.context.set_offline(False)
    ana.go("/accounts/login/")
    scene.sign_in(ana, scene.helen)
    answer = ana.page.goto(scene.address + scene.sheet(which))
    assert answer is not None
    assert answer.status == (404 if which == OWN else 200)
    ana.page.wait_for_load_state("networkidle")
    assert WORDS not in ana.page.content()
    assert "see both" not in ana.says()
    if which == TOGETHER:
        expect(box(ana, which)).to_have_value("")
    assert not [text for text in kept(ana.page) if WORDS.split(maxsplit=1)[0] in text]
    assert scene.stands(which) is None
    sign_out(ana)
    ana.go("/accounts/login/")
    scene.sign_in(ana, scene.ana)
    ana.go(scene.sheet(which))
    expect(box(ana, which)).to_have_value(WORDS)
    assert scene.stands(which) == WORDS


def sign_out(person: Visitor) -> None:
    person.go("/accounts/logout/")
    person.page.locator("main form button[type=submit]").first.click()
    person.page.wait_for_load_state()


def test_a_page_left_open_saves_nothing_under_the_next_person_s_sign_in(scene):
    ana = scene.sit(scene.ana)
    ana.go(scene.sheet(TOGETHER))
    helen = scene.tab(ana)
    sign_out(helen)
    helen.go("/accounts/login/")
    scene.sign_in(helen, scene.helen)
    with ana.page.expect_response("**/draft/") as sent:
        box(ana, TOGETHER).press_sequentially(WORDS)
    assert sent.value.status == 403
    expect(state(ana)).to_have_text("Your words are kept on this device. Sign in again")
    assert scene.stands(TOGETHER) is None
    ana.press("Later")
    assert "somebody else" in ana.says()
    assert WORDS not in ana.page.content()
    ana.page.wait_for_load_state("networkidle")
    assert scene.stands(TOGETHER) is None
    sign_out(helen)
    ana.go("/accounts/login/")
    scene.sign_in(ana, scene.ana)
    ana.go(scene.sheet(TOGETHER))
    expect(box(ana, TOGETHER)).to_have_value(WORDS)
    assert scene.stands(TOGETHER) == WORDS


def test_a_form_sent_from_a_page_left_open_is_neither_saved_for_nor_shown_to_the_next_person(scene):
    ana = scene.sit(scene.ana, width=PHONE, script=False)
    ana.go(scene.sheet(TOGETHER))
    box(ana, TOGETHER).fill(WORDS)
    helen = scene.tab(ana)
    sign_out(helen)
    helen.go("/accounts/login/")
    scene.sign_in(helen, scene.helen)
    ana.press("Later")
    assert "somebody else" in ana.says()
    assert WORDS not in ana.page.content()
    assert scene.stands(TOGETHER) is None
    ana.press("Sign out, and let them sign in")
    scene.sign_in(ana, scene.ana)
    expect(box(ana, TOGETHER)).to_have_value(WORDS)
    ana.press("Later")
    assert scene.stands(TOGETHER) == WORDS


def test_who_signs_in_where_another_s_form_was_kept_gets_none_of_it(scene):
    ana = scene.sit(scene.ana, script=False)
    ana.go(scene.sheet(TOGETHER))
    box(ana, TOGETHER).fill(WORDS)
    scene.sign_everybody_out()
    ana.press("Later")
    assert "What you typed is kept" in ana.says()
    scene.sign_in(ana, scene.helen)
    assert "somebody else" in ana.says()
    assert WORDS not in ana.page.content()
    ana.press("Later")
    assert scene.stands(TOGETHER) is None
    ana.page.go_back()
    ana.press("Sign out, and let them sign in")
    scene.sign_in(ana, scene.ana)
    expect(box(ana, TOGETHER)).to_have_value(WORDS)


# --- Links for others -----------------------------------------------------------------------------------------------


def invited(scene: Scene, email: str) -> str:
    """An invitation on its way to somebody without an account: the link in their letter."""
    with tenant_scope(scene.organisation):
        facts = {"given_name": "Sione", "family_name": "Tuilagi", "zone": "Pacific/Apia"}
        place = add_participant(
            cohort=scene.cohort, side="mentee", email=email, facts=facts, actor=scene.coordinator, decided=True
        )
        invite_person(person=place, actor=scene.coordinator)
    scene.post.deliver()
    return scene.post.link(email, "/join/")


@pytest.mark.parametrize(("width", "script"), [(PHONE, True), (DESK, False)])
def test_a_link_used_twice_says_so_and_what_to_do(scene, width, script):
    link = invited(scene, "sione@plp.example")
    sione = scene.sit(None, width=width, script=script)
    sione.go(link)
    sione.press("Take my place")
    assert "/enrolment/" in sione.page.url
    sione.go(link)
    assert "/enrolment/" in sione.page.url, "who took the place comes to their own page"
    another = scene.sit(None, width=width, script=script)
    assert answered(another, link) == 410
    assert "This link was used already" in another.says()
    assert another.page.get_by_role("link", name="Sign in").first.is_visible()
    assert "If it was not you, tell a coordinator at once." in another.says()


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)])
def test_an_invitation_opened_by_another_person_says_whose_it_is_not(scene, width, script):
    link = invited(scene, "sione@plp.example")
    helen = scene.sit(scene.helen, width=width, script=script)
    assert answered(helen, link) == 403
    assert "This invitation is for somebody else" in helen.says()
    assert "helen@plp.example" in helen.says()
    assert "sione@plp.example" not in helen.page.content()
    helen.press("Sign out and open the link again")
    assert helen.page.url == link
    helen.press("Take my place")
    assert "/enrolment/" in helen.page.url


def answered(person: Visitor, place: str) -> int:
    """Open a page that may be a refusal; its status."""
    answer = person.page.goto(place if "://" in place else person.address + place)
    assert answer is not None
    person.look()
    return answer.status


@pytest.mark.parametrize(("width", "script"), [(PHONE, True), (DESK, False)])
def test_a_page_for_signing_opened_by_the_wrong_person_says_who_signs(scene, width, script):
    sign = f"/o/plp/pairs/{scene.pairing.pk}/agreement/sign/"
    offered(scene)
    leilani = scene.sit(scene.coordinator, width=width, script=script)
    leilani.go(sign)
    assert "between Ana Tester and Helen Tester: nobody else can sign it" in leilani.says()
    assert leilani.page.locator("main [name=typed_name]").count() == 0
    helen = scene.sit(scene.helen, width=width, script=script)
    helen.go(sign)
    helen.write(typed_name="Helen Tester")
    helen.press("I sign the agreement")
    helen.go(sign)
    assert "You have signed this version already" in helen.says()
    stranger = scene.sit(UserFactory(email="stranger@elsewhere.example"), width=width, script=script)
    assert answered(stranger, sign) == 404


def offered(scene: Scene) -> None:
    """The agreement, written by ʻAna and sent for signing."""
    from demo.story import words
    from demo.story.path import Path
    from mentoring import clock

    with tenant_scope(scene.organisation):
        Path(scene.pairing, clock.now()).offer_agreement(words.PLAIN_AGREEMENT)
