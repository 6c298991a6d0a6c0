"""Every article of the handbook whose mentees choose stands at its stage for its roles (``cal.sys.94``)."""

import re

import pytest

from tests.programmes.choosing.conftest import World

STAGES = (
    *("prepare", "choose", "agree-terms", "get-started"),
    *("meet-and-learn", "check-relationship", "end-and-evaluate"),
)
BOTH = ("mentor", "mentee")
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "about": ("1", BOTH),
    "mentee-driven": ("1", BOTH),
    "the-relationship": ("1", BOTH),
    "minimum-requirements": ("1", BOTH),
    "responsibilities": ("13", BOTH),
    "what-mentors-gain": ("1", ("mentor",)),
    "no-time": ("1", ("mentor",)),
    "roles-of-a-mentor": ("12345", BOTH),
    "compare": ("1", BOTH),
    "getting-started": ("4", BOTH),
    "conversation-starters": ("4", ("mentor",)),
    "mentoring-activities": ("5", BOTH),
    "tips-for-mentors": ("12345", ("mentor",)),
    "define-your-experience": ("1", ("mentee",)),
    "kinds-of-mentoring": ("1", ("mentee",)),
    "goals-first": ("1", ("mentee",)),
    "what-to-look-for": ("2", ("mentee",)),
    "a-good-mentor": ("2", BOTH),
    "choosing": ("2", ("mentee",)),
    "setting-the-agenda": ("5", ("mentee",)),
    "managing-the-relationship": ("3456", ("mentee",)),
    "evaluating": ("6", ("mentee",)),
    "what-goals-are": ("1", ("mentee",)),
    "writing-goals": ("1", ("mentee",)),
    "goal-examples": ("1", ("mentee",)),
    "meeting-your-mentor": ("5", ("mentee",)),
    "successful-mentees": ("12345", ("mentee",)),
    "how-much-structure": ("3", BOTH),
    "forming": ("2", BOTH),
    "agreeing-terms": ("3", BOTH),
    "ground-rules": ("3", BOTH),
    "tracking-progress": ("6", BOTH),
    "ethics-and-trust": ("3456", BOTH),
    "toxic-behaviours": ("6", BOTH),
    "faq": ("1234567", BOTH),
    "online-resources": ("15", BOTH),
}
"""Article → the numbers of its stages, and for whom it is there, as the catalogue of the handbook places it.

What it calls orientation stands at the first stage and among what everybody reads first; what it calls recruitment stands on
the page on which mentors volunteer; what it calls help is there at every stage, or before and while one meets.
"""
READ_FIRST = {"about", "mentee-driven", "the-relationship", "compare"}
FOR_RECRUITING = {"what-mentors-gain", "no-time"}
FOR_COORDINATORS = "success"


def shown(world: World, name: str, role: str, stage: str) -> set[str]:
    page = world.client(name).get(world.url("guidance/choice/"), {"for": role, "stage": stage})
    assert page.status_code == 200
    return set(re.findall(r"/guidance/choice/articles/([a-z-]+)/", page.content.decode()))


@pytest.mark.covers("cal.sys.94")
@pytest.mark.parametrize(("name", "role"), [("Marta", "mentor"), ("Ada", "mentee")])
def test_at_each_stage_each_side_finds_what_belongs_there(world, name, role):
    for number, stage in enumerate(STAGES, start=1):
        wanted = {key for key, (stages, roles) in PLACES.items() if str(number) in stages and role in roles}
        assert wanted <= shown(world, name, role, stage), stage


@pytest.mark.covers("cal.sys.94")
def test_no_stage_shows_what_belongs_to_another(world):
    """But for two overviews, which stand once more where their subject is taken up."""
    again = {("mentee-driven", 3), ("the-relationship", 4)}
    for role, name in (("mentor", "Marta"), ("mentee", "Ada")):
        for number, stage in enumerate(STAGES, start=1):
            known = {key for key in shown(world, name, role, stage) if key in PLACES}
            strays = {key for key in known if str(number) not in PLACES[key][0] and (key, number) not in again}
            assert strays == set(), (role, stage)


@pytest.mark.covers("cal.sys.94")
def test_what_is_for_one_side_is_not_offered_to_the_other_nor_the_coordinator_s_to_either(world):
    for key, (_stages, roles) in PLACES.items():
        if roles == ("mentee",) and key != "successful-mentees":  # each side may read the other's tips
            assert key not in shown(world, "Marta", "mentor", "")
        if roles == ("mentor",) and key != "tips-for-mentors":
            assert key not in shown(world, "Ada", "mentee", "")
    assert FOR_COORDINATORS not in shown(world, "Ada", "", "")
    assert FOR_COORDINATORS in shown(world, "coordinator", "", "")


@pytest.mark.covers("cal.sys.94")
def test_everybody_reads_the_orientation_first_and_who_volunteers_what_it_brings_and_takes(world):
    client = world.client("Ada")
    orientation = client.get(world.url("what-mentoring-is/")).content.decode()
    volunteering = client.get(world.url("volunteer/choice/")).content.decode()
    titles = {key: title_of(world, key) for key in READ_FIRST | FOR_RECRUITING}
    assert all(titles[key] in orientation for key in READ_FIRST)
    assert all(titles[key] in volunteering for key in FOR_RECRUITING)


def title_of(world: World, key: str) -> str:
    return world.cohort.programme.handbook.articles.get(key=key).title
