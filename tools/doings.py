"""Screens that no link leads to, because somebody must first do something: write a file in, sign, save twice, begin anew.

Each of these leads the page from the home of the persona who is signed in to its screen. They change the demo they are in,
which is thrown away afterwards; ``tools/screens.py`` therefore lists them last.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

OWN = "/o/[^/]+/"
LONG = "Maria-Magdalena Featherstonehaugh-Tuimavave de Conceição e Kaʻahumanu Ngatokoruaimatauaia"
LONG_ADDRESS = "a.name.that.is.very.long.indeed.and.goes.on@somewhere-far-away.example.org"
LONG_PLACE = "A Secretariat of the Pacific Regional Partnership for Environment and Safeguards"
PEOPLE = f"""Role,First name,Family name,E-mail,Country,Time zone,Employer,Position,Put forward by
mentee,ʻAlamānoni,Fīfitaʻila,alamanoni.fifitaila@to.example,Tonga,Pacific/Tongatapu,Ministry of Lands,Planner,SPREP
mentor,محمد عبد الرحمن,الهاشمي,m.alhashimi@example.org,Jordan,Asia/Amman,جامعة عمّان,أستاذ مشارك,
mentee,山田,花子,hanako.yamada@example.org,Japan,Asia/Tokyo,環境省,係長,
mentee,{LONG},Te Whare Wānanga,{LONG_ADDRESS},Niue,Pacific/Niue,{LONG_PLACE},Adviser,
mentee,ʻAna,Moala,ANA.MOALA@plp.example,Tonga,Pacific/Tongatapu,Environment Protection Authority,Officer,
mentor,Nobody,Reached,not-an-address,Fiji,Pacific/Fiji,,,
mentee,Lost,Clock,lost.clock@example.org,Fiji,Pacific/Atlantis,,,
"""


def read_in(page: "Page") -> None:
    """A list of people in every kind of row, read and not yet taken in."""
    page.goto(_link(page, "/people/$", from_path=_link(page, "/desk/[^/]+/[^/]+/$")))
    page.goto(page.url + "import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
    )
    _press(page, "Read the file")
    if page.url.endswith("/columns/"):
        _press(page, "See what becomes of each row")


def taken_in(page: "Page") -> None:
    """The cohort's people with names in several scripts and a very long one."""
    read_in(page)
    page.locator("form[action$='/apply/'] button").first.click()
    page.goto(re.sub("import/.*$", "", page.url) + "?sort=-name")


def long_name(page: "Page") -> None:
    """The page of the person with the very long name."""
    page.goto(_link(page, "/people/$", from_path=_link(page, "/desk/[^/]+/[^/]+/$")))
    page.get_by_role("link", name=re.compile("^Maria-Magdalena")).click()


def sign(page: "Page") -> None:
    """A changed agreement that waits for the signature of whoever is here."""
    page.goto(_link(page, "/agreement/$"))
    _press(page, "Change the agreement")
    _press(page, "Review and send")
    page.locator("button[value=send]").click()
    page.get_by_role("link", name="Read and sign").first.click()


def conflict(page: "Page") -> None:
    """A sheet that was saved from another page while one was writing on this one."""
    page.goto(_link(page, "/outputs/[0-9a-f-]+/$"))
    other = page.context.new_page()
    other.goto(page.url)
    for where, words in (
        (other, "The survey of the wharf, and what it leaves out."),
        (page, "Who owns the monitoring."),
    ):
        where.locator("textarea").first.fill(words)
        where.locator("textarea").nth(1).fill("Judging a baseline survey.")
        where.evaluate("document.querySelector('#worksheet').noValidate = true")
        with where.expect_navigation():
            where.evaluate("HTMLFormElement.prototype.requestSubmit.call(document.querySelector('#worksheet'))")
    other.close()


def begin(page: "Page") -> None:
    """The home of an organisation that was created this minute."""
    page.goto("/organisations/new/")
    page.get_by_label("Name").first.fill("Te Puna Mentoring")
    for field in page.locator("main input[required][type=text]").all():
        if not field.input_value():
            field.fill("Apia, Samoa")
    _press(page, "Create it")


def begin_programmes(page: "Page") -> None:
    """Its list of programmes."""
    _to_new_organisation(page)
    page.goto(_root(page) + "programmes/")


def begin_cohort(page: "Page") -> None:
    """The desk of its first cohort, in which nobody is yet."""
    _to_new_organisation(page)
    page.goto(_root(page) + "programmes/new/plp-ess/")
    page.locator("main form button[type=submit]").last.click()
    programme = page.url
    page.goto(re.sub(r"(programmes/[^/]+/).*", r"\1cohorts/new/", programme))
    page.locator("main input[name=title]").fill("First cohort")
    for field, day in zip(page.locator("main input[type=date]").all(), ("2027-02-01", "2027-08-01"), strict=False):
        if not field.input_value():
            field.fill(day)
    page.locator("main form button[type=submit]").last.click()


def begin_people(page: "Page") -> None:
    """The people of its first cohort."""
    _to_new_organisation(page)
    page.goto(_root(page) + "programmes/")
    page.locator("main a[href*='/cohorts/']").first.click()
    page.goto(re.sub(r"(cohorts/[^/]+/).*", r"\1people/", page.url))


def begin_desk(page: "Page") -> None:
    """Its desk."""
    begin_people(page)
    page.goto(re.sub(r"programmes/([^/]+)/cohorts/([^/]+)/.*", r"desk/\1/\2/", page.url))


def _to_new_organisation(page: "Page") -> None:
    page.goto("/")
    page.locator("main a", has_text="Te Puna Mentoring").first.click()


def _root(page: "Page") -> str:
    found = re.match(f".*{OWN}", page.url)
    assert found is not None
    return found.group(0)


def _press(page: "Page", name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def _link(page: "Page", ending: str, *, from_path: str = "") -> str:
    """The first link of this page, or of the one at ``from_path``, whose address ends like this."""
    if from_path:
        page.goto(from_path)
    links = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    return next(link for link in links if re.search(ending, link))
