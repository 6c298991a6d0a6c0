"""Every page of the product as people come by it, in a real browser: axe finds nothing, nobody scrolls sideways, nothing is
said in the console.

A browser signs in as one of the demo's people and follows links; each page is looked at once for each role. ``PAGES`` says
which pages a role has to come by; together with ``NO_PAGE`` it names every address there is, so a new one fails here until
somebody has said who comes by it, or why nobody does.
"""

import shutil
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from demo.world import FIRST
from mentoring.accounts.models import User
from tests.demo.more import BACKEND, MoreOfTheDemo
from tests.isolation.routes import all_routes
from tests.ui.browser import ARGUMENTS, DESK, NARROWEST, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Role:
    """Somebody who looks: whose pages they are, where they begin beside their own start, and what they come by."""

    who: str
    pages: str
    begins: tuple[str, ...] = ()
    """Keys of ``MoreOfTheDemo.at``, addresses inside the organisation, or whole ones beginning with a slash."""
    refused: tuple[tuple[str, int], ...] = ()
    """Places that are refused, and the status: the page that says so is looked at too."""


ROLES = {
    "nobody": Role(
        "",
        """home new-organisation new-organisation-invited demo:start demo:mail demo:letter ui:styles ui:privacy programmes:join
        account_login account_request_login_code account_signup account_inactive
        account_reset_password account_reset_password_done account_reset_password_from_key
        account_reset_password_from_key_done account_confirm_login_code""",
        (
            "/demo/",
            "/styles/",
            "operator",
            "sefa",
            "/accounts/login/",
            "/accounts/login/code/",
            "/accounts/signup/",
            "/accounts/inactive/",
            "/accounts/password/reset/",
            "/accounts/password/reset/done/",
            "/accounts/password/reset/key/1-nothing/",
            "/accounts/password/reset/key/done/",
            "/organisations/new/",
        ),
        (("lupe", 410), ("/nothing/here/", 404)),
    ),
    "coordinator": Role(
        "leilani",
        """evaluation:cohort_desk evaluation:cohort_pairs evaluation:cohort_logs evaluation:reports evaluation:report
        evaluation:evaluation evaluation:indicators evaluation:totals evaluation:themes
        evaluation:results evaluation:surveys evaluation:survey evaluation:exports pairs:pairing pairs:output_read
        pairs:agreement-version pairs:confirm
        pairs:group-new pairs:informal-new pairs:peers-new pairs:members pairs:member-take-out
        programmes:programmes programmes:choose_kit programmes:create_programme programmes:programme
        programmes:rename_programme programmes:team programmes:handbook programmes:handbook_plan
        programmes:handbook_texts programmes:handbook_guidance programmes:add_article programmes:edit_article
        programmes:handbook_items programmes:add_item programmes:edit_item programmes:handbook_history programmes:handbook_words
        programmes:import_kit programmes:copy_programme programmes:open_cohort programmes:cohort
        programmes:designs programmes:design_new programmes:design programmes:design_facts programmes:design_section
        programmes:design_new_moment programmes:design_moment programmes:design_add programmes:design_question
        programmes:design_kind programmes:design_preview programmes:design_form programmes:design_publish
        programmes:design_versions programmes:design_restore programmes:worksheets programmes:worksheet
        programmes:edit_cohort programmes:people programmes:add_person programmes:import_upload programmes:import
        programmes:import_columns programmes:person programmes:edit_person programmes:enrolment_read
        programmes:matching programmes:matching-criteria programmes:matching-conflicts programmes:materials
        programmes:send_material programmes:mailing programmes:gatherings programmes:plan_gathering
        programmes:gathering programmes:cohort_training programmes:edit_gathering programmes:cancel_gathering
        programmes:cohort_issues programmes:issue programmes:guidance programmes:suggestion_box
        programmes:resources programmes:add_library_file programmes:library_file programmes:edit_library_file
        programmes:answer_suggestion programmes:cohort_expenses programmes:claim pairs:cohort-achievements
        notices:inbox templates_app:document""",
        (
            "evaluation/e-mentoring/first/surveys/",
            "evaluation/e-mentoring/first/indicators/",
            "evaluation/e-mentoring/first/themes/",
            "programmes/e-mentoring/handbook/words/",
            "import",
            "version",
            "log that was passed on",
            "draft of a worksheet",
            "form of a draft",
            "members",
        ),
        (("settings/", 404),),
    ),
    "admin": Role(
        "tomasi",
        """organisations:settings organisations:words organisations:members organisations:new-admin organisations:partners
        organisations:partner organisations:history notices:outbox notices:outbox-message evaluation:desk
        evaluation:export_programmes evaluation:exports evaluation:export programmes:programmes programmes:records
        programmes:record accounts:me""",
        (
            "desk/",
            "exports/",
            "export",
            "programmes/e-mentoring/records/",
            "programmes/e-mentoring/records/pair-sheets/",
        ),
        (("programmes/e-mentoring/handbook/", 403),),
    ),
    "mentee": Role(
        "ana",
        """pairs:home pairs:agreement pairs:agreement_write_read pairs:agreement-version
        pairs:sessions pairs:session pairs:session-add
        pairs:session-move pairs:session-cancel pairs:session-hold pairs:times-propose pairs:schedule
        pairs:logs pairs:goals pairs:board pairs:actions pairs:actions-file
        programmes:own_worksheets programmes:worksheet programmes:worksheet_review programmes:worksheet_conflict
        programmes:worksheet_read pairs:consent pairs:documents pairs:at-will
        pairs:files pairs:contacts pairs:contact pairs:achievements pairs:sheets pairs:sheets-trend pairs:sheets-compare
        pairs:output pairs:output_review pairs:output_conflict pairs:output_read pairs:calendar pairs:end-early
        programmes:my_gathering programmes:gathering_feedback programmes:place
        programmes:waiting programmes:training programmes:module programmes:own_gatherings programmes:issues
        programmes:raise_issue programmes:concerns programmes:raise_concern
        programmes:concern programmes:suggestions programmes:expenses programmes:claim programmes:guidance programmes:glossary
        programmes:resources programmes:library_file programmes:rights programmes:agreement programmes:contacts
        programmes:article
        programmes:sheet
        programmes:orientation programmes:enrolment_read notices:inbox notices:notice mail:preferences accounts:me account_email
        account_set_password account_logout templates_app:document""",
        (
            "log",
            "log to review",
            "diary",
            "diary to review",
            "diary that was sent",
            "trend",
            "concern form",
            "questions",
            "session to come",
            "signed agreement",
            "gathering",
            "how it was",
            "guidance/e-mentoring/worksheets/prep/",
            "guidance/e-mentoring/agreement/",
            "compare",
            "/accounts/email/",
            "/accounts/logout/",
            "/accounts/password/set/",
            "calendar/",
        ),
    ),
    "mentor": Role(
        "helen",
        """pairs:home pairs:agreement pairs:sessions pairs:session pairs:goals pairs:goal-answer pairs:give pairs:output
        pairs:output-examples pairs:output_read account_change_password account_reauthenticate""",
        ("examples", "give", "/accounts/password/change/", "/accounts/reauthenticate/"),
    ),
    "mentor who signs": Role("siobhan", "pairs:home pairs:agreement pairs:agreement-sign"),
    "mentor who introduces": Role("margaret", "pairs:home pairs:introduction"),
    "mentor with an errand": Role("ravin", "pairs:home evaluation:errand"),
    "mentee who changes the agreement": Role(
        "litia",
        """pairs:agreement pairs:agreement-clauses pairs:agreement-compare pairs:agreement_write
        pairs:agreement_write_review pairs:agreement_write_conflict programmes:issues
        programmes:issue evaluation:answer""",
        ("agreement", "agreement form", "agreement to review", "version"),
    ),
    "mentee just paired": Role("sione", "pairs:home pairs:output pairs:schedule"),
    "mentee at the end": Role("priya", "pairs:home"),
    "mentee whose pair ended": Role("ngamata", "pairs:home"),
    "mentee just joined": Role(
        "lupe",
        """pairs:home programmes:waiting programmes:enrolment programmes:enrolment_review
        programmes:enrolment_conflict programmes:step_out""",
        ("enrolment", "enrolment form", "enrolment to review"),
    ),
    "partner's lead": Role(
        "mele",
        "evaluation:cohort_desk programmes:people programmes:add_person programmes:concerns programmes:concern",
        ("desk/e-mentoring/first/", "programmes/e-mentoring/cohorts/first/people/"),
    ),
}

NO_PAGE = {
    "for handbooks whose pairs complete together, which the demo has none of: tests/journeys/test_caltrans.py": "pairs:finish",
    "for handbooks in which everybody says yes to a match first, which the demo has none of: tests/journeys/test_sssc.py": """
        pairs:match pairs:proposals""",
    "for handbooks whose pairs say in which phase they are, which the demo has none of: tests/pairs/test_phases_browser.py": """
        pairs:phases""",
    "for handbooks whose mentees choose, which the demo has none of: tests/programmes/choosing/test_browser.py": """
        programmes:choosing programmes:mentors programmes:mentor programmes:name_mentor programmes:request
        programmes:request_sheet programmes:request_sheet_review programmes:request_sheet_conflict
        programmes:request_sheet_read programmes:approval programmes:approve programmes:requests
        programmes:person_approval programmes:volunteer
        programmes:mentor_lists programmes:mentor_list programmes:units
        programmes:for_supervisors""",
    "for handbooks that ask line managers, which the demo has none of: tests/programmes/running/test_workplace_browser.py": """
        programmes:own_manager programmes:person_manager programmes:manager_page
        programmes:staff_needs programmes:needs_page programmes:keep_notice programmes:notice""",
    "for handbooks whose agreement somebody outside signs, which the demo has none of: tests/pairs/test_outside_browser.py": """
        pairs:agreement-signers pairs:sign-outside
        pairs:output-signers pairs:output-sign pairs:output-signed""",
    "asked of somebody outside, with what pairs:contact shows in its place: tests/pairs/test_introducing.py": """
        pairs:contact-outside""",
    "for handbooks with indicators, which the demo has none of: tests/evaluation/test_indicators_browser.py": """
        programmes:add_measure programmes:edit_measure""",
    "where words are gathered into themes, as nowhere in the demo: tests/evaluation/test_indicators_browser.py": """
        evaluation:coding""",
    "the page of the sign-in code, told otherwise: both are account/base_confirm_code.html": "account_email_verification_sent",
    "only takes what a form sends": """
        programmes:unlist_manager programmes:delete_records
        accounts:sign-out-elsewhere organisations:make-admin organisations:end-admin organisations:shut-out
        organisations:let-in notices:read-all notices:outbox-retry notices:outbox-withdraw evaluation:remind
        evaluation:report_pdf evaluation:filled evaluation:remind_mentee evaluation:send_evaluation
        evaluation:begin_report pairs:receive evaluation:results_pdf evaluation:survey_pdf evaluation:retry_export
        pairs:agreement-begin pairs:agreement_write_draft
        pairs:agreement_write_pdf pairs:agreement_write_reopen pairs:agreement_write_share pairs:agreement-take
        pairs:agreement-step pairs:agreement-signer pairs:output-signer pairs:complete
        pairs:match-withdraw pairs:rematch-ask pairs:rematch-decide
        pairs:invite pairs:duties pairs:writer pairs:phase-move pairs:session-unhold pairs:logs-pass-on
        pairs:logs-compile pairs:action-settle pairs:action-warn pairs:goal-mark pairs:goal-share pairs:goal-sheet
        pairs:records pairs:shared-file-remove pairs:contact-take-back pairs:times-accept pairs:times-decline pairs:times-withdraw
        pairs:sheet-add pairs:output_draft pairs:output_pdf
        pairs:output_reopen pairs:output_share pairs:output_reply pairs:output-offer
        pairs:calendar-renew pairs:calendar-revoke programmes:end_role
        programmes:remove_article programmes:undo_edit programmes:put_back programmes:remove_item programmes:move_item
        programmes:step_measure
        programmes:accept_people
        programmes:decline_people programmes:invite_people programmes:import_apply programmes:import_drop
        programmes:withdraw_person programmes:reinstate_person programmes:enrolment_draft programmes:enrolment_pdf
        programmes:enrolment_reopen programmes:enrolment_share programmes:matching-suggest programmes:matching-by-hand
        programmes:matching-criterion-add programmes:matching-criterion-step programmes:matching-conflict-withdraw
        programmes:matching-conflict-allow programmes:matching-conflict-weigh
        programmes:matching-step programmes:answer_gathering programmes:away programmes:remove_away
        programmes:close_issue programmes:reopen_issue programmes:concern_step programmes:note_attendance
        programmes:remove_library_file programmes:put_back_library_file
        programmes:oriented templates_app:document_retry programmes:begin_claim programmes:remove_expense
        programmes:claim_step pairs:certificate pairs:achievement-take-back pairs:record-of-hours
        programmes:keep_in_mind programmes:ask_mentor programmes:own_door programmes:request_step
        programmes:request_sheet_draft programmes:request_sheet_pdf programmes:request_sheet_reopen
        programmes:request_sheet_share programmes:confirm_request programmes:mentor_door
        templates_app:blank_worksheet demo:sign-in programmes:begin_worksheet programmes:begin_own_worksheet
        programmes:worksheet_draft programmes:worksheet_pdf programmes:worksheet_reopen programmes:worksheet_share
        programmes:design_begin programmes:design_drop programmes:design_undo programmes:design_new_section
        programmes:design_remove
        programmes:design_paper""",
    "only where a handbook leaves the number of sessions open; drawn as session-add is": "pairs:session-further",
    "two sheets of the demo's own worksheets beside each other; drawn as pairs:sheets-compare is": """
        programmes:compare_worksheets""",
    "leads on to another page": """
        organisations:home pairs:output_back programmes:guidances programmes:glossaries programmes:support""",
    "a file or a stylesheet": """
        ui:accent programmes:export_handbook evaluation:download_export evaluation:indicators_csv pairs:feed programmes:people_csv
        programmes:import_bad_rows pairs:actions-csv
        templates_app:document_download templates_app:file templates_app:picture pairs:shared-file programmes:receipt
        programmes:save_library_file programmes:save_library_version demo:attachment""",
    "a part of a page, or the letter inside one": "evaluation:export_state templates_app:document_state demo:html",
}
CODE = "account_confirm_login_code"
TWICE = {
    "pairs:output": 4,
    "pairs:session": 2,
    "pairs:pairing": 2,
    "programmes:person": 2,
    "programmes:handbook_items": 2,
    "programmes:design": 2,
    "programmes:gathering": 4,
}
"""Pages that differ much from one thing to the next: so many of them."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that the colour scheme decides; the others say the same in the light and in the dark."""
RUN_AXE = """rules => axe.run({
  resultTypes: ["violations"], preload: false, ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {}),
}).then(({violations}) => violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
LOOSE = """() => document.documentElement.scrollWidth > window.innerWidth ? [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 2)
  .map(one => one.outerHTML.slice(0, 120)) : null"""


# --- The list -------------------------------------------------------------------------------------------------------


def test_every_address_is_a_page_of_somebody_s_or_has_a_reason_not_to_be():
    pages = {name for role in ROLES.values() for name in role.pages.split()}
    none = [name for names in NO_PAGE.values() for name in names.split()]
    known = {route.name for route in all_routes()}
    assert known - pages - set(none) == set(), "say in ROLES who comes by these, or in NO_PAGE why nobody does"
    assert (pages | set(none)) - known == set(), "there are no such addresses any more"
    assert pages & set(none) == set()
    assert len(none) == len(set(none))


# --- The walk -------------------------------------------------------------------------------------------------------


@dataclass
class Walk:
    """One browser page that everybody's walk uses in turn; what is wrong with what it has seen."""

    page: Page
    address: str
    demo: MoreOfTheDemo
    sessions: dict[str, str]
    """By who."""
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Take down what the console says, and which requests fail."""
        self.page.on("console", lambda told: self.said.append(told.text) if told.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda fault: self.said.append(str(fault)))
        self.page.on("requestfailed", lambda request: self.said.append(f"{request.url}: {request.failure}"))

    def sign_in(self, who: str) -> None:
        """Be that person from now on."""
        self.page.context.clear_cookies()
        if who:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[who], "url": self.address}
            self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def whole(self, place: str) -> str:
        """A place as ``Role`` names it, as an address."""
        found = self.demo.at.get(place, place)
        return self.address + (found if found.startswith("/") else f"/o/{FIRST}/{found}")

    def go(self, role: Role) -> tuple[Counter[str], list[str]]:
        """Follow links until every page of the role has been looked at: how often each was, and what is wrong."""
        wanted, seen, faults = set(role.pages.split()), Counter[str](), []
        waiting = deque([*map(self.whole, role.begins), f"{self.address}/"])
        asked = set(waiting)
        while waiting:
            name = name_of(waiting[0])
            here = waiting.popleft()
            if name not in {*wanted, "home", "organisations:home"} or seen[name] >= TWICE.get(name, 1):
                continue
            status = self.open(here)
            arrived = name_of(self.page.url)
            if arrived in wanted and seen[arrived] < TWICE.get(arrived, 1):
                seen[arrived] += 1
                faults += [f"{arrived} {self.page.url}: {fault}" for fault in self.faults(status, 200)]
            for link in (urldefrag(found).url for found in self.page.evaluate(LINKS)):
                if link.startswith(self.address) and link not in asked:
                    asked.add(link)
                    waiting.append(link)
        return seen, faults

    def ask_for_a_code(self) -> list[str]:
        """What is wrong with the page that takes a code: one comes by it only by asking for one."""
        self.open(f"{self.address}/accounts/login/code/")
        self.page.locator("main [name=email]").fill("leilani.faleafa@plp.example")
        with self.page.expect_event("load"):
            self.page.locator("main form button[type=submit]").first.click()
        return [f"{CODE}: {fault}" for fault in self.faults(200, 200)] if name_of(self.page.url) == CODE else [CODE]

    def open(self, address: str) -> int:
        """Open a page, light, at a desk; its status."""
        self.said.clear()
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size({"width": DESK, "height": 900})
        answer = self.page.goto(address)
        return answer.status if answer else 0

    def faults(self, status: int, expected: int) -> list[str]:
        """What is wrong with the page that is open."""
        found = [] if status == expected else [f"status {status}"]
        page = self.page
        if (count := page.locator("h1").count()) != 1:
            found.append(f"{count} h1")
        if len(page.title().split(" · ")[0].strip()) < 2:
            found.append(f"title '{page.title()}'")
        page.evaluate(AXE_SCRIPT)
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme, rules in (("light", []), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found += [f"{fault} ({width}, {scheme})" for fault in page.evaluate(RUN_AXE, rules)]
            page.emulate_media(color_scheme="light")
        for width in (PHONE, NARROWEST):
            page.set_viewport_size({"width": width, "height": 844})
            if (loose := page.evaluate(LOOSE)) is not None:
                found.append(f"scrolls sideways at {width}: {loose}")
        missed = f"the server responded with a status of {expected}"
        return found + [f"console: {line}" for line in self.said if expected == 200 or missed not in line]


def name_of(address: str) -> str:
    """The name of an address of ours; empty for any other."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


@pytest.fixture(autouse=True)
def _django_db_marker() -> None:
    """In place of pytest-django's: no transaction for each test. The demo is committed once, and flushed by ``walk``."""


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Walk]:
    """The demo, loaded once and served, and one browser for all walks. Gone afterwards as if it had never been."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        # Playwright keeps an event loop in this thread; Django's own work beside it is not asynchronous all the same.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        with override_settings(DEMO=True, MAILBOX_DIR=tmp_path_factory.mktemp("mail")):
            try:
                demo = MoreOfTheDemo()
                yield from _served(demo)
            finally:
                call_command("flush", verbosity=0, interactive=False)


def _session_of(who: str) -> str:
    """Signed in, and committed: the server has a connection of its own."""
    client = Client()
    client.force_login(User.objects.get(email__startswith=f"{who}."), backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _served(demo: MoreOfTheDemo) -> Iterator[Walk]:
    sessions = {role.who: _session_of(role.who) for role in ROLES.values() if role.who}
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            walking = Walk(opened.new_context(reduced_motion="reduce").new_page(), server.url, demo, sessions)
            walking.listen()
            yield walking
            opened.close()
            connections.close_all()  # what was opened while Playwright's loop ran is its own, and would hold the database
    finally:
        server._live_server_modified_settings.disable()
        server.stop()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROLES)
def test_every_page_that_this_role_comes_by_is_in_order(walk, name):
    role = ROLES[name]
    walk.sign_in(role.who)
    seen, faults = walk.go(role)
    for place, expected in role.refused:
        status = walk.open(walk.whole(place))
        faults += [f"{place}: {fault}" for fault in walk.faults(status, expected)]
    if CODE in role.pages:
        faults += walk.ask_for_a_code()
    unseen = set(role.pages.split()) - set(seen) - {CODE}
    faults += [f"{page}: no link leads there" for page in sorted(unseen)]
    assert not faults, f"{len(faults)} faults on {seen.total()} pages:\n" + "\n".join(faults)
