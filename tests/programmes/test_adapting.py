"""A programme is adapted in its settings, and what is changed holds at once for the people in it: no file, no code."""

import re

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.matching.profiles import profile_of
from programmes.domain.matching.runs import active_criteria
from programmes.domain.matching.scoring import score_pair
from programmes.models import Participant
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import current_version, kit_of
from templates_app.domain.responses import start_response
from templates_app.models import Handbook
from tests.pairs.conftest import PAIRED, make_pair
from tests.programmes.conftest import PROGRAMME, words
from tests.templates_app.paper_browser import Page

pytestmark = pytest.mark.django_db
HANDBOOK = f"{PROGRAMME}handbook/"


@pytest.fixture
def pair(request, db):
    made = make_pair(kit=getattr(request, "param", "plp-ess"), changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def by_the_coordinator(handbook) -> None:
    """Whoever makes pairs in the kit: here the coordinator makes one too."""
    if handbook.content["matching"]["mode"] == "mentee":
        handbook.content["matching"]["mode"] = "both"
    handbook.content["joining"] |= {"gates": [], "approval": None}


def save(client, pair, place, **changes):
    """Change what a page of the handbook shows, looking at what it brings about where that is told first."""
    url = pair.url(f"{HANDBOOK}{place}")
    shown = Page(words(client.get(url))).post()
    sent = {name: shown.getlist(name) for name in shown} | changes
    answer = client.post(url, sent)
    if answer.status_code == 200:
        seen = re.search(r'name="seen" value="([^"]+)"', words(answer))
        assert seen, words(answer)
        answer = client.post(url, sent | {"seen": seen[1]})
    assert answer.status_code == 302, words(answer)


def press(client, pair, place):
    url = pair.url(f"{HANDBOOK}{place}")
    answer = client.post(url)
    if answer.status_code == 200:
        answer = client.post(url, {"seen": re.search(r'name="seen" value="([^"]+)"', words(answer))[1]})
    assert answer.status_code == 302


def handbook_of(pair) -> Handbook:
    return Handbook.objects.get(programme=pair.pairing.cohort.programme_id)


def road(pair, client) -> str:
    return words(client.get(pair.url("mentoring/"), follow=True))


@pytest.mark.covers("phase1.must.39")
def test_stages_are_renamed_reordered_and_switched_off(pair, sign_in):
    coordinator, mentee = sign_in(pair.coordinator), sign_in(pair.mentee)
    one, two = kit_of(handbook_of(pair)).stages[1:3]
    save(coordinator, pair, f"stages/item/{one.key}/", title="Under way")
    save(coordinator, pair, f"stages/item/{two.key}/", title="Casting off")
    page = road(pair, mentee)
    assert page.index("Under way") < page.index("Casting off")
    press(coordinator, pair, f"stages/item/{two.key}/up/")
    page = road(pair, mentee)
    assert page.index("Casting off") < page.index("Under way")
    save(coordinator, pair, "stages/add/", title="A detour", worksheets=[])
    assert "A detour" in words(mentee.get(pair.url("guidance/e-mentoring/")))
    press(coordinator, pair, "stages/item/a-detour/remove/")
    assert "A detour" not in words(mentee.get(pair.url("guidance/e-mentoring/")))


@pytest.mark.covers("phase1.tool.custom", "phase1.arch.10.c")
def test_a_renamed_stage_and_a_new_criterion_take_effect_at_once(pair, sign_in):
    coordinator = sign_in(pair.coordinator)
    cohort = pair.pairing.cohort
    stage = kit_of(handbook_of(pair)).stages[1]
    save(coordinator, pair, f"stages/item/{stage.key}/", title="Casting off")
    assert "Casting off" in road(pair, sign_in(pair.mentee))

    def reasons() -> set[str]:
        mentor, mentee = (
            profile_of(Participant.objects.get(pk=place.pk)) for place in (pair.mentor_place, pair.mentee_place)
        )
        return {reason["title"] for reason in score_pair(active_criteria(cohort), mentor, mentee).reasons}

    for place, side in ((pair.mentor_place, "mentor"), (pair.mentee_place, "mentee")):
        version = current_version(cohort.programme.handbook, f"{side}-profile")
        place.enrolment = start_response(version=version, author=None, answers={"interests": "reefs and ports"})
        place.save()
    assert "Common ground" not in reasons()
    url = pair.url(f"{PROGRAMME}cohorts/{cohort.slug}/matching/criteria/add/")
    sent = {"title": "Common ground", "kind": "words", "mentor_field": "interests", "mentee_field": "interests"}
    assert coordinator.post(url, sent | {"weight": "40"}).status_code == 302
    assert "Common ground" in reasons()


@pytest.mark.covers("cal.sys.87")
@pytest.mark.parametrize("pair", ["caltrans"], indirect=True)
def test_questions_and_resources_are_read_by_all_and_the_coordinator_puts_in_other_addresses(pair, sign_in):
    kit = shipped_kit("caltrans")
    faq = next(article for article in kit.articles if article.key == "faq")
    assert len(re.findall(r"^## ", faq.body, re.MULTILINE)) == 12
    printed = [resource for resource in kit.resources if resource.url]
    assert len(kit.resources) == len(printed) == 9
    for user in (pair.mentor, pair.mentee, pair.coordinator):
        client = sign_in(user)
        page = words(client.get(pair.url("guidance/e-mentoring/resources/")))
        assert all(f'href="{resource.url}"' in page for resource in printed)
        article = words(client.get(pair.url("guidance/e-mentoring/articles/faq/")))
        assert "How long does it last?" in article
        assert "May I talk about what I learn?" in article
    save(sign_in(pair.coordinator), pair, f"resources/item/{printed[0].key}/", url="https://better.example/")
    page = words(sign_in(pair.mentee).get(pair.url("guidance/e-mentoring/resources/")))
    assert 'href="https://better.example/"' in page
    assert f'href="{printed[0].url}"' not in page
