"""Contacts, training and what is said about concerns are changed in the handbook's pages."""

import re

import pytest

from programmes.domain.handbook.editing import NotSound
from programmes.domain.handbook.items import add_item, items_of
from programmes.domain.handbook.parts import LISTS, list_part
from programmes.models import Programme
from templates_app.domain.kits import kit_of
from templates_app.shapes import Contact, Module, Question
from tests.programmes.conftest import PROGRAMME

pytestmark = pytest.mark.django_db
SHAPES = {"contacts": Contact, "training": Module}


def fresh(company) -> Programme:
    return Programme.objects.select_related("handbook").get(pk=company.programme.pk)


@pytest.mark.parametrize("name", SHAPES)
def test_the_lists_offer_only_fields_that_their_items_have(name):
    part = next(one for one in LISTS if one.name == name)
    assert {field.name for field in part.fields} <= set(SHAPES[name].model_fields)
    rows = {field.name: field for field in part.fields}
    if name == "training":
        assert {field.name for field in rows["questions"].rows} <= set(Question.model_fields)


@pytest.mark.covers("gla.must.49")
def test_a_coordinator_adds_a_contact_and_a_module(inside):
    contact = {"name": "A doctor", "kind": "wellbeing", "phone": "+685 20100"}
    add_item(programme=fresh(inside), part=list_part("contacts"), values=contact, actor=inside.coordinator)
    question = {"question": "Who leads?", "right": ["The mentee"], "wrong": ["Nobody"], "feedback": ""}
    module = {
        "title": "Our own hour", "roles": ["mentor"], "mandatory": True, "gate": True, "by": "either",
        "pages": [{"article": None, "title": "One", "text": "Words."}], "questions": [question],
    }  # fmt: skip
    add_item(programme=fresh(inside), part=list_part("training"), values=module, actor=inside.coordinator)
    kit = kit_of(fresh(inside).handbook)
    assert [(one.key, one.phone) for one in kit.contacts] == [("a-doctor", "+685 20100")]
    assert kit.training[0].questions[0].right[0].text == "The mentee"
    assert kit.training[0].gate


def test_a_module_that_holds_back_and_is_not_mandatory_is_refused(inside):
    module = {"title": "Half", "roles": ["mentor"], "gate": True, "by": "either"}
    with pytest.raises(NotSound, match="mandatory"):
        add_item(programme=fresh(inside), part=list_part("training"), values=module, actor=inside.coordinator)
    assert items_of(fresh(inside), list_part("training")) == []


@pytest.mark.covers("gla.must.49", "gla.must.51")
def test_what_is_said_about_concerns_is_changed_by_page(inside, sign_in):
    client = sign_in(inside.coordinator)
    url = inside.url(f"{PROGRAMME}handbook/texts/concerns/")
    page = client.get(url)
    form = page.context["form"]
    sent = {
        "base": page.context["base"], "offered": "on", "leads": "partner", "mailbox": "care@reef.example",
        "acknowledge_days": "5", "exceptions": "Harm to a person.", "words": "Not alone.", "tell_first": "on",
    }  # fmt: skip
    assert set(sent) - {"base"} <= set(form.fields)
    asked = client.post(url, sent)  # for running pairs a concern has somewhere to go from now on: that is told first
    seen = re.search(r'name="seen" value="([^"]+)"', asked.content.decode())[1]
    assert client.post(url, sent | {"seen": seen}).status_code == 302
    rules = kit_of(fresh(inside).handbook).concerns
    assert (rules.offered, rules.leads, rules.acknowledge_days, rules.tell_first) == (True, "partner", 5, True)
    assert (rules.mailbox, [one.text for one in rules.exceptions]) == ("care@reef.example", ["Harm to a person."])
