"""Words of an anonymous evaluation: of those who let themselves be quoted, and of nobody else."""

import pytest
from django.core.exceptions import PermissionDenied

from evaluation.domain.partners import NOBODY
from evaluation.domain.results import written_in
from evaluation.domain.surveys import asked_by, get_survey, in_round
from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from pairs.domain.outputs import reopen_output
from pairs.domain.queries import get_output_for
from pairs.domain.readers_words import readers_sentence
from pairs.enums import Right
from templates_app.domain.kit_files.checks.surveys import check_surveys
from templates_app.domain.kit_files.shipped import shipped_kit
from templates_app.models import TemplateVersion
from tests.evaluation.surveying import BY_HAND, PULSE, ask_by, asked, tick
from tests.evaluation.test_desk_pages import words
from tests.evaluation.test_survey_results import FIRST, OVER, SIDES
from tests.evaluation.world import sign_in

QUOTES = {"field": "may_quote", "is_in": ["quote"]}
MAY_QUOTE = {
    "key": "may_quote",
    "kind": "choice",
    "label": "May a sentence of yours be quoted without your name?",
    "need": "must",
    "options": [{"key": "quote", "label": "Yes"}, {"key": "no_quote", "label": "No"}],
    "ours": True,
}


@pytest.fixture
def three(world, pair):
    """Three pairs with an anonymous survey that asks whether one may be quoted; it has gone out."""
    world.add_pair("Willie Malas", "Aroha Parata")
    world.add_pair("Sulata Lauti", "Ravin Singh")
    handbook = world.cohort.programme.handbook
    before = TemplateVersion.objects.filter(template__handbook=handbook, template__key="evaluation").latest("number")
    sections = [*before.definition["sections"], {"key": "leave", "title": "At the end", "fields": [MAY_QUOTE]}]
    changed = before.definition | {"readers": {"preset": "anonymous"}, "sections": sections}
    TemplateVersion(template=before.template, number=before.number + 1, definition=changed).save()
    ask_by(world, BY_HAND | {"anonymous": True}, PULSE | {"anonymous": True, "quotes": QUOTES})
    tick(FIRST)
    return world.pairs


def answer(pair, side, leave, text):
    with clock.at(FIRST):
        return pair.write(asked(pair, "pulse.1", side), pair.user(side), worked=text, may_quote=leave)


def told(world) -> list[str]:
    survey = get_survey(world.cohort, "pulse")
    found = written_in(world.cohort, survey, in_round(asked_by(world.cohort, survey), survey, 1), kept=NOBODY)
    return sorted(text for one in found if one.key == "worked" for text in one.texts)


def page(world, user) -> str:
    with clock.at(OVER), no_scope():
        return words(sign_in(user).get(world.evaluation + "surveys/pulse/").content.decode())


@pytest.mark.covers("gla.must.44")
def test_words_are_read_of_those_alone_who_let_themselves_be_quoted_and_once_five_have_answered(world, three):
    people = [(pair, side) for pair in three for side in SIDES]
    for place, (pair, side) in enumerate(people[:4]):
        answer(pair, side, "quote" if place < 2 else "no_quote", f"CANARY-{place}")
    assert told(world) == [], "not while so few have answered that one could guess"
    answer(*people[4], "no_quote", "CANARY-4")
    assert told(world) == ["CANARY-0", "CANARY-1"]
    shown = page(world, world.coordinator)
    assert "CANARY-0" in shown
    assert "Here are the words of those alone who let themselves be quoted" in shown
    for place in (2, 3, 4):
        assert f"CANARY-{place}" not in shown
    for user in (world.admin, world.steering):
        assert "CANARY" not in page(world, user)


@pytest.mark.covers("gla.must.44")
def test_it_is_said_beforehand_and_without_the_question_nobody_reads_a_word(world, three):
    (message,) = [one for one in Message.objects.filter(kind="pairs.survey") if one.recipient == three[0].mentor]
    assert message.context["quotes"] is True
    output, reader = get_output_for(three[0].mentor, asked(three[0], "pulse.1", "mentor").pk, Right.STATUS)
    said = readers_sentence(reader, output, reader.sheet_of(output))
    assert "only if you let it be quoted, and without your name" in said
    for pair in three:
        for side in SIDES:
            answer(pair, side, "quote", "CANARY-SAID")
    ask_by(world, BY_HAND | {"anonymous": True}, PULSE | {"anonymous": True})
    assert told(world) == []
    assert "CANARY" not in page(world, world.coordinator)
    assert "quoted" not in readers_sentence(*reversed(fresh(three[0])))


@pytest.mark.covers("gla.must.44")
def test_nobody_takes_up_again_what_may_be_quoted_and_every_other_survey_is_as_it_was(world, three):
    people = [(pair, side) for pair in three for side in SIDES]
    for place, (pair, side) in enumerate(people[:5]):
        answer(pair, side, "quote", f"CANARY-{place}")
    before = told(world)
    pair = three[0]
    row, path = asked(pair, "pulse.1", "mentor"), "outputs/{}/{}/"
    with clock.at(FIRST), no_scope():
        client = sign_in(pair.mentor)
        read = client.get(world.url(path.format(row.pk, "read"))).content.decode()
        assert "Take it up again" not in read
        assert "Once it is sent, it stays as it is" in read
        assert client.post(world.url(path.format(row.pk, "reopen"))).status_code == 403
    with clock.at(FIRST), pytest.raises(PermissionDenied):
        reopen_output(output=row, actor=pair.mentor)
    assert asked(pair, "pulse.1", "mentor").done_at is not None
    assert told(world) == before
    ask_by(world, BY_HAND | {"anonymous": True}, PULSE | {"anonymous": True})
    row = asked(pair, "pulse.1", "mentor")
    with clock.at(FIRST):
        reopen_output(output=row, actor=pair.mentor)
    assert asked(pair, "pulse.1", "mentor").done_at is None


def fresh(pair):
    """The mentor's sheet and reader, with the sheet's shape, as they are now."""
    output, reader = get_output_for(pair.mentor, asked(pair, "pulse.1", "mentor").pk, Right.STATUS)
    return reader.sheet_of(output), output, reader


def test_a_handbook_names_a_question_that_is_there_and_needs_an_answer():
    kit = shipped_kit("gla")
    assert all(survey.quotes is not None for survey in kit.surveys), "both evaluations ask for leave"
    assert not list(check_surveys(kit, []))
    for change in ({"field": "nothing"}, {"is_in": ["maybe"]}, {"is_in": []}):
        kit = shipped_kit("gla").model_copy(deep=True)
        kit.surveys[0].quotes = kit.surveys[0].quotes.model_copy(update=change)
        assert [one for one in check_surveys(kit, []) if "quotes" in one.loc]
    kit.surveys[0].anonymous = False
    assert [one for one in check_surveys(kit, []) if one.loc == ("surveys", 0, "quotes")]
