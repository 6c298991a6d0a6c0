"""The handbook as people read it: every article, by chapter, stage and role; words, resources, rights, contacts."""

import re
from html import unescape

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.guidance import chapters_of, picked, readable_articles
from programmes.forms.handbook import CHAPTERS, ArticleForm
from templates_app.domain.kit_files import shipped_kit
from templates_app.models import Article, Handbook
from templates_app.shapes import Article as Shape

pytestmark = pytest.mark.django_db
READERS = ("coordinator", "partner_lead", "steering", "admin", "mentor", "mentee")


@pytest.mark.covers("plp.sys.109")
def test_every_article_of_the_kit_stands_on_the_handbook_page_in_its_chapter(inside, sign_in):
    kit = shipped_kit("plp-ess")
    words = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/")).content.decode()
    for article in kit.articles:
        if article.roles != ["coordinator"]:
            assert inside.url(f"guidance/e-mentoring/articles/{article.key}/") in words
    chapters = chapters_of(readable_articles(inside.mentee, inside.programme), CHAPTERS)
    assert [chapter.key for chapter in chapters] == ["overview", "process", "tips", "tools"]


@pytest.mark.covers("plp.sys.109")
def test_articles_are_picked_by_role_and_stage(inside, sign_in):
    articles = readable_articles(inside.mentor, inside.programme)
    for stage in shipped_kit("plp-ess").stages:
        expected = {
            one.key for one in shipped_kit("plp-ess").articles if stage.key in one.stages and "mentor" in one.roles
        }
        assert {one.key for one in picked(articles, role="mentor", stage=stage.key)} == expected
    page = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/?for=mentee&stage=establishing-connection"))
    words = page.content.decode()
    assert "articles/first-meeting/" in words
    assert "articles/closing-well/" not in words


def test_an_article_for_coordinators_alone_is_nobody_elses(inside, sign_in):
    Article.objects.filter(key="four-steps").update(roles=["coordinator"])
    url = inside.url("guidance/e-mentoring/articles/four-steps/")
    for who in READERS:
        client = sign_in(getattr(inside, who))
        expected = 200 if who == "coordinator" else 404
        assert client.get(url).status_code == expected
        assert ("four-steps" in client.get(inside.url("guidance/e-mentoring/")).content.decode()) == (
            who == "coordinator"
        )


def test_what_a_coordinator_writes_cannot_run_in_a_readers_browser(inside, sign_in):
    Article.objects.filter(key="four-steps").update(
        body="<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<b onclick=x>y</b> **bold**"
    )
    words = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/articles/four-steps/")).content.decode()
    body = words[words.index('<div class="article">') : words.index('<nav class="turn"')]
    assert "<script" not in body
    assert "<b onclick" not in body
    assert 'href="javascript' not in body
    assert "<strong>bold</strong>" in body


@pytest.mark.covers("plp.sys.106")
def test_the_glossary_explains_the_abbreviations(inside, sign_in):
    words = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/words/")).content.decode()
    for term in ("PLP-ESS", "WBG", "ADB", "SPREP", "USP", "EIA", "ESS", "CoC", "OLC", "PACE-SD", "SMART"):
        assert f"<dt>{term}</dt>" in words


@pytest.mark.covers("plp.sys.08")
def test_rights_and_the_way_to_complain_are_shown(inside, sign_in):
    words = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/rights/")).content.decode()
    assert "every record of your sessions is" in words
    assert "complaint about the coordinator goes" in words
    assert inside.coordinator.email in words
    assert inside.url("issues/") in words


def test_resources_with_an_address_are_links_and_the_others_are_not(inside, sign_in):
    handbook = Handbook.objects.get(pk=inside.programme.handbook_id)
    handbook.content["resources"][0]["url"] = "https://olc.example/"
    handbook.revision += 1
    handbook.save()
    words = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/resources/")).content.decode()
    assert 'href="https://olc.example/"' in words
    assert words.count("ask your coordinator") == len(handbook.content["resources"]) - 1


@pytest.mark.parametrize("page", ["", "words/", "resources/", "rights/", "contacts/", "worksheets/goals/"])
def test_a_handbook_is_for_the_people_of_its_programme(company, other_company, outsider, sign_in, page):
    url = company.url(f"guidance/e-mentoring/{page}")
    for who in READERS:
        assert sign_in(getattr(company, who)).get(url).status_code == 200, who
    for stranger in (other_company.coordinator, other_company.mentee, outsider):
        assert sign_in(stranger).get(url).status_code == 404


def test_a_worksheet_can_be_read_before_its_time_with_all_it_asks(inside, sign_in):
    words = sign_in(inside.mentee).get(inside.url("guidance/e-mentoring/worksheets/goals/")).content.decode()
    for field in shipped_kit("plp-ess").worksheet("goals").fields():
        if field.label:
            assert field.label.split("“")[0][:30] in words.replace("&#x27;", "'").replace("&amp;", "&")


def test_who_is_in_one_programme_is_led_straight_to_its_guidance(company, sign_in):
    client = sign_in(company.mentee)
    assert client.get(company.url("guidance/"))["Location"] == company.url("guidance/e-mentoring/")
    assert client.get(company.url("words/"))["Location"] == company.url("guidance/e-mentoring/words/")
    with tenant_scope(company.organisation):
        person = company.participants["mentee"]
        person.state = "withdrawn"
        person.save()
    assert "in no programme yet" in sign_in(company.mentee).get(company.url("guidance/")).content.decode()


def with_resources(company):
    """The first resource has topics, a stage and readers; another is for coordinators alone. Gives the stage."""
    handbook = company.programme.handbook
    stage = handbook.content["stages"][1]["key"]
    words = {"title": "Brave talks", "note": "Honest feedback", "topics": ["Feedback", "Café"]}
    first, *others = handbook.content["resources"]
    first = {**first, **words, "stages": [stage], "roles": ["mentor"]}
    alone = {"key": "guide", "title": "For those who run it", "roles": ["coordinator"], "ours": True}
    handbook.content = handbook.content | {"resources": [first, *others, alone]}
    handbook.revision += 1
    handbook.save()
    return stage


@pytest.mark.covers("sssc.must.66")
def test_the_library_is_searched_by_words_and_picked_by_topic_stage_and_role(inside, sign_in):
    stage = with_resources(inside)
    other = inside.programme.handbook.content["stages"][0]["key"]
    browser, here = sign_in(inside.mentee), "/o/reef/guidance/e-mentoring/resources/"

    def finds(query: str) -> bool:
        return "Brave talks" in browser.get(f"{here}?{query}").content.decode()

    for query in ("", "q=brave", "q=HONEST+cafe", "topic=Feedback", f"stage={stage}", "for=mentor"):
        assert finds(query), query
    for query in ("q=brave+nothing", "topic=Other", f"stage={other}", "for=mentee"):
        assert not finds(query), query
    assert "Nothing fits" in browser.get(f"{here}?q=xyzzy").content.decode()
    article = readable_articles(inside.mentee, inside.programme)[0]
    word = max(article.body.split(), key=lambda one: (one.isalpha(), len(one)))
    assert article.title in unescape(browser.get(f"{here}?q={word}").content.decode())


def test_what_is_for_coordinators_alone_in_the_library_is_nobody_elses(inside, sign_in):
    with_resources(inside)
    here = "/o/reef/guidance/e-mentoring/resources/"
    assert "For those who run it" in sign_in(inside.coordinator).get(here).content.decode()
    assert "For those who run it" not in sign_in(inside.mentee).get(here).content.decode()


@pytest.mark.covers("sssc.must.66")
def test_a_coordinator_says_topics_stages_and_readers_of_a_resource(inside, sign_in):
    stage = with_resources(inside)
    key = inside.programme.handbook.content["resources"][0]["key"]
    here = f"/o/reef/programmes/e-mentoring/handbook/resources/item/{key}/"
    page = sign_in(inside.coordinator).get(here).content.decode()
    assert 'value="Feedback, Café"' in page
    base = re.search(r'name="base" value="([^"]+)"', page)
    assert base is not None
    form = {"title": "Brave talks", "base": base[1]}
    form |= {"topics": "Feedback, courage, courage", "stages": [stage], "roles": ["mentor", "mentee"]}
    assert sign_in(inside.coordinator).post(here, form).status_code == 302
    inside.programme.handbook.refresh_from_db()
    kept = inside.programme.handbook.content["resources"][0]
    assert (kept["topics"], kept["roles"]) == (["Feedback", "courage"], ["mentor", "mentee"])


@pytest.mark.parametrize("kit", ["plp-ess", "aspire"])
def test_saving_an_article_untouched_changes_nothing(kit):
    whole = shipped_kit(kit)
    for article in whole.articles:
        initial = ArticleForm.initial_of(article)
        shown = ArticleForm(kit=whole, initial=initial)
        form = ArticleForm({name: shown[name].value() for name in shown.fields}, kit=whole, initial=initial)
        assert form.is_valid(), form.errors
        stood = article.model_dump(mode="json")
        assert Shape.model_validate(stood | form.cleaned_data).model_dump(mode="json") == stood


def test_another_reader_is_added_behind_those_who_stand_there():
    whole = shipped_kit("plp-ess")
    initial = {"title": "T", "chapter": "tips", "roles": ["mentee", "mentor"], "stages": [], "body": "B"}
    form = ArticleForm(initial | {"roles": ["mentor", "mentee", "coordinator"]}, kit=whole, initial=initial)
    assert form.is_valid()
    assert form.cleaned_data["roles"] == ["mentee", "mentor", "coordinator"]
