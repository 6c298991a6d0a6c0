"""Changing a handbook by page: plain words for what is wrong, and never anything lost."""

import re

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.handbook.items import items_of
from programmes.domain.handbook.parts import list_part
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kits import kit_of
from templates_app.models import Article
from tests.programmes.conftest import PROGRAMME, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(coordinator_client):
    return coordinator_client


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', words(page))[1]


def handbook(company):
    with tenant_scope(company.organisation):
        return Programme.objects.select_related("handbook").get(slug="e-mentoring")


def test_an_item_is_changed_by_page_and_taken_back_by_the_button_shown(client, company):
    url = company.url(f"{PROGRAMME}handbook/resources/item/olc/")
    form = {
        "base": hidden(client.get(url), "base"),
        "title": "Open Learning Campus",
        "url": "olc.example",
        "sessions": "5",
    }
    page = client.post(url, form, follow=True)
    assert "Open Learning Campus" in words(page)
    assert "changed by you" in words(page)
    undo = re.search(r'action="([^"]*/changes/[^"]*/undo/)"', words(page))[1]
    with tenant_scope(company.organisation):
        stands = {item["key"]: item for item in items_of(handbook(company), list_part("resources"))}
    assert stands["olc"]["url"] == "https://olc.example"
    client.post(undo)
    with tenant_scope(company.organisation):
        stands = {item["key"]: item for item in items_of(handbook(company), list_part("resources"))}
    assert stands["olc"]["url"] == ""


REMINDER = {"owes": "agreement", "first_after": "1", "every": "2", "at_most": "1", "subject": "S", "text": "T"}


@pytest.mark.parametrize(
    ("part", "key", "form", "message"),
    [
        ("resources", "olc", {"title": "T", "url": "not an address"}, "valid URL"),
        ("resources", "olc", {"title": "", "url": ""}, "This field is required"),
        ("resources", "olc", {"title": "T", "sessions": "9"}, "no session 9"),
        ("resources", "olc", {"title": "T", "sessions": "some"}, "Write numbers"),
        ("reminders", "agreement", {**REMINDER, "first_after": "-1"}, "greater than"),
        ("reminders", "agreement", {**REMINDER, "text": "{nobody}"}, "is not known"),
        ("reminders", "agreement", {**REMINDER, "text": "{"}, "brace"),
    ],
)  # fmt: skip
def test_a_change_that_makes_no_sense_is_refused_with_all_that_was_typed(client, company, part, key, form, message):
    url = company.url(f"{PROGRAMME}handbook/{part}/item/{key}/")
    page = client.post(url, {"base": hidden(client.get(url), "base"), **form})
    assert page.status_code == 200
    assert message in words(page)
    for value in form.values():
        assert value in words(page)
    with tenant_scope(company.organisation):
        assert not HandbookEdit.objects.exists()


def test_of_two_windows_the_second_is_shown_the_first_and_may_then_save(client, company):
    url = company.url(f"{PROGRAMME}handbook/glossary/item/eia/")
    base = hidden(client.get(url), "base")
    client.post(url, {"base": base, "term": "EIA", "meaning": "First meaning."})
    page = client.post(url, {"base": base, "term": "EIA", "meaning": "Second meaning."})
    assert "Somebody else changed this" in words(page)
    assert "First meaning." in words(page)
    assert "Second meaning." in words(page)
    assert (
        client.post(url, {"base": hidden(page, "base"), "term": "EIA", "meaning": "Second meaning."}).status_code == 302
    )
    with tenant_scope(company.organisation):
        terms = {one.term: one.meaning for one in kit_of(handbook(company).handbook).glossary}
    assert terms["EIA"] == "Second meaning."


def plan_form(client, company, **changes):
    page = words(client.get(company.url(f"{PROGRAMME}handbook/plan/")))
    fields = dict(re.findall(r'<input type="(?:number|text|hidden)" name="([^"]+)" value="([^"]*)"', page))
    del fields["csrfmiddlewaretoken"]
    return {
        **fields,
        "slices-2-stretches": "on",
        "models": "one-to-one",
        **changes,
    }


def test_the_plan_is_changed_by_page(client, company):
    form = plan_form(client, company, months="9", max_minutes="120", **{"slices-0-title": "Talanoa"})
    assert client.post(company.url(f"{PROGRAMME}handbook/plan/"), form).status_code == 302
    with tenant_scope(company.organisation):
        plan = kit_of(handbook(company).handbook).plan
    assert (plan.months, plan.meeting.max_minutes, plan.meeting.slices[0].title) == (9, 120, "Talanoa")
    assert plan.meeting.slices[0].source == ["plp.fact.split.1"]


def test_saving_the_plan_drops_nothing_that_stands_elsewhere(client, company):
    """Ways of meeting with their hints and questions, and who of several mentors is the experienced one."""
    ways = [
        {
            "key": "room",
            "label": "In a room",
            "help": "Bring tea.",
            "longest": 90,
            "asks": "Is it private?",
            "ours": True,
        },
        {"key": "walk", "label": "On a walk", "ours": True},
    ]
    group = {"kind": "group", "mentors": 2, "experienced": True}
    with tenant_scope(company.organisation):
        book = handbook(company).handbook
        book.content["plan"] |= {"platforms": ways, "models": ["one-to-one", group]}
        book.save()
    plan = company.url(f"{PROGRAMME}handbook/plan/")
    form = plan_form(
        client, company, months="9", models=["one-to-one", "group"], experienced="group", group_mentees="6"
    )
    assert client.post(plan, form).status_code == 302
    with tenant_scope(company.organisation):
        content = handbook(company).handbook.content
    assert content["plan"]["months"] == 9
    assert [
        {name: way[name] for name in ("label", "help", "longest", "asks")} for way in content["plan"]["platforms"]
    ] == [
        {"label": "In a room", "help": "Bring tea.", "longest": 90, "asks": "Is it private?"},
        {"label": "On a walk", "help": "", "longest": None, "asks": ""},
    ]
    assert content["plan"]["models"] == ["one-to-one", {**group, "mentees": 6}]
    page = words(client.get(plan))
    assert "In a room · On a walk" in page
    assert 'handbook/plan-platforms/">Change the ways of meeting</a>' in page


def test_the_plan_tells_which_sessions_nobody_has_described(client, company):
    plan = company.url(f"{PROGRAMME}handbook/plan/")
    assert "of their own yet" not in words(client.get(plan))
    with tenant_scope(company.organisation):
        book = handbook(company).handbook
        book.content["sessions"] = book.content["sessions"][:3]
        book.save()
    assert "3 of them have no page of their own yet: sessions 4, 5, 6." in words(client.get(plan))
    with tenant_scope(company.organisation):
        book.content["sessions"][2]["onwards"] = True
        book.save()
    assert "of their own yet" not in words(client.get(plan)), "one entry stands for all the later ones"


def test_meeting_parts_that_do_not_add_up_are_refused(client, company):
    form = plan_form(client, company, **{"slices-0-minutes": "20"})
    page = client.post(company.url(f"{PROGRAMME}handbook/plan/"), form)
    assert page.status_code == 200
    assert "The parts last 70 minutes together" in words(page)


def test_a_part_of_a_meeting_is_taken_out_and_another_put_in(client, company):
    form = plan_form(client, company)
    form |= {"slices-1-DELETE": "on", "slices-3-minutes": "15", "slices-3-title": "Silence", "slices-3-text": ""}
    assert client.post(company.url(f"{PROGRAMME}handbook/plan/"), form).status_code == 302
    with tenant_scope(company.organisation):
        slices = kit_of(handbook(company).handbook).plan.meeting.slices
    assert [(part.title, part.minutes) for part in slices] == [
        ("Catch up", 10),
        ("Your own objectives", 35),
        ("Silence", 15),
    ]


def test_the_agreements_texts_are_changed_with_the_kits_own_beside_them(client, company):
    url = company.url(f"{PROGRAMME}handbook/texts/agreement-texts/")
    form = {"base": hidden(client.get(url), "base"), "title": "Our deal", "statement": "I agree.", "rights": "Yours."}
    assert client.post(url, form).status_code == 302
    page = words(client.get(url))
    assert "Our deal" in page
    assert "Mentoring partnership agreement" in page
    with tenant_scope(company.organisation):
        assert kit_of(handbook(company).handbook).agreement.rights == "Yours."


def test_an_article_is_looked_at_first_and_only_then_saved(client, company):
    url = company.url(f"{PROGRAMME}handbook/guidance/smart-goals/")
    form = {
        "base": hidden(client.get(url), "base"), "title": "Goals", "chapter": "tools", "roles": ["mentee"],
        "stages": ["establishing-connection"], "body": "# Good goals\n\n- are **clear**\n\n<script>x</script>",
    }  # fmt: skip
    page = words(client.post(url, {**form, "preview": "1"}))
    assert "<strong>clear</strong>" in page
    assert "<script>x" not in page
    with tenant_scope(company.organisation):
        assert Article.objects.get(key="smart-goals").title != "Goals"
    assert client.post(url, form).status_code == 302
    with tenant_scope(company.organisation):
        article = Article.objects.get(key="smart-goals")
    assert (article.title, article.roles, article.stages) == ("Goals", ["mentee"], ["establishing-connection"])


def test_what_a_session_needs_is_not_taken_out_and_the_page_says_so(client, company):
    page = client.post(company.url(f"{PROGRAMME}handbook/resources/item/professional-values/remove/"), follow=True)
    assert "This cannot be taken out" in words(page)
    assert "professional values" in words(page)


def test_what_people_read_first_is_changed_and_read_by_them(client, company, sign_in):
    url = company.url(f"{PROGRAMME}handbook/texts/about/")
    form = {"base": hidden(client.get(url), "base"), "summary": "Half a year across the sea.", "audience": "Everybody."}
    assert client.post(url, form).status_code == 302
    assert "Half a year across the sea." in words(sign_in(company.mentee).get(company.url("guidance/e-mentoring/")))
    with tenant_scope(company.organisation):
        assert len(kit_of(handbook(company).handbook).agreement.clauses) == 16


def test_texts_and_clauses_of_the_agreement_are_changed_without_getting_in_each_others_way(client, company):
    texts, clause = f"{PROGRAMME}handbook/texts/agreement-texts/", f"{PROGRAMME}handbook/agreement-clauses/item/time/"
    opened = hidden(client.get(company.url(texts)), "base")
    form = {
        "base": hidden(client.get(company.url(clause)), "base"),
        "text": "Be on time.",
        "parts": "",
        "binds": "both",
    }
    assert client.post(company.url(clause), form).status_code == 302
    form = {"base": opened, "title": "Our deal", "statement": "I agree."}
    assert client.post(company.url(texts), form).status_code == 302
    with tenant_scope(company.organisation):
        agreement = kit_of(handbook(company).handbook).agreement
    assert agreement.title == "Our deal"
    assert "Be on time." in {one.text for one in agreement.clauses}
