"""Words gathered into themes by coordinators who do not see whose they are."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pydantic import ValidationError

from evaluation.domain.coding.counting import coded_sheets
from evaluation.domain.coding.marking import marks_in
from evaluation.domain.coding.texts import get_question, sheets_read, texts_of
from evaluation.domain.result_documents import render_results, request_results_pdf
from evaluation.domain.results import results_of
from evaluation.domain.rhythms import Span
from evaluation.domain.scheduled_figures import scheduled_figures
from evaluation.models import Theme, ThemeMark
from mentoring import clock
from mentoring.tenancy.scope import no_scope, tenant_scope
from pairs.domain.outputs import reopen_output
from pairs.domain.queries import get_output_for
from pairs.domain.readers_words import readers_sentence
from pairs.enums import Right
from programmes.models import Cohort
from templates_app.domain.kit_files.checks.surveys import check_surveys
from templates_app.domain.kit_files.shipped import shipped_kit
from templates_app.domain.kits import current_version, kit_of
from templates_app.models import TemplateVersion
from templates_app.shapes import Worksheet
from tests.evaluation.indicating import DAY, LOOK, SENT, judge_by, noted, pair_up, written
from tests.evaluation.test_desk_pages import words
from tests.evaluation.test_indicators import figures, one_figure
from tests.evaluation.world import PAIRED, PairWorld, World, make_world, sign_in
from tests.templates_app.paper_browser import Page

HOUR = DAY / 24
LIST = "themes/"
LEARNT = "themes/success-shared/mentor_learnt/"
GROWTH = "themes/growth-in-words/confidence/"


@pytest.fixture
def world(db) -> Iterator[World]:
    made = make_world()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        judge_by(made)
        yield made


@pytest.fixture
def six(world: World) -> list[PairWorld]:
    return pair_up(world, 6)


@pytest.fixture
def five(six: list[PairWorld]) -> list[PairWorld]:
    """Five of six pairs have told what each has learnt."""
    for place, pair in enumerate(six[:5]):
        learn(pair, place)
    return six[:5]


def learn(pair: PairWorld, place: int, text: str = "") -> None:
    told = text or f"CANARY-{place} to listen"
    written(pair, "success-shared", at=SENT + place * HOUR, mentor_learnt=told, mentee_learnt=f"CANARY-MENTEE-{place}")


def look(world: World, path: str = LEARNT, user=None, status: int = 200) -> str:
    with clock.at(LOOK), no_scope():
        response = sign_in(user or world.coordinator).get(world.evaluation + path)
    assert response.status_code == status
    return response.content.decode()


def open_page(world: World, path: str = LEARNT) -> QueryDict:
    """What a browser would send from the page as it stands."""
    return Page(look(world, path)).post().copy()


def send(world: World, typed: QueryDict, path: str = LEARNT, user=None) -> tuple[int, str]:
    with clock.at(LOOK), no_scope():
        response = sign_in(user or world.coordinator).post(world.evaluation + path, dict(typed.lists()), follow=True)
    return response.status_code, words(response.content.decode())


def name(world: World, *themes: str, path: str = LEARNT) -> list[str]:
    """Add themes, one by one; their ids."""
    for theme in themes:
        typed = open_page(world, path)
        typed["new"] = theme
        assert send(world, typed, path)[0] == 200
    return [str(theme.pk) for theme in Theme.objects.order_by("position")]


def codes(typed: QueryDict) -> list[str]:
    return [key.removeprefix("had-") for key in typed if key.startswith("had-")]


def counts(world: World, question: str = "mentor_learnt") -> dict[str, int] | None:
    with clock.at(LOOK):
        found = [one for sheet in coded_sheets(world.cohort) for one in sheet.coded if one.shown.key == question]
    return None if found[0].shown.hidden else dict(found[0].shown.counts)


# --- Reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.60")
def test_coordinators_read_the_words_of_one_question_without_name_pair_or_day(world, six):
    for place, pair in enumerate(six[:4]):
        learn(pair, place, f"CANARY-{place}: {pair.mentor.given_name} taught {pair.mentee.name} patience")
    assert "CANARY" not in look(world), "four could be told apart"
    learn(six[4], 4)
    html = look(world)
    for place in range(5):
        assert f"CANARY-{place}" in html
    assert "[name] taught [name] patience" in html
    assert "CANARY-MENTEE" not in html, "another question's words would stand beside those of the same pair"
    for pair in six[:5]:
        assert pair.mentor.name not in html
        assert pair.mentee.name not in html
        assert str(pair.pairing.pk) not in html
        assert str(pair.output(worksheet="success-shared", member=None).pk) not in html
        assert str(pair.output(worksheet="success-shared", member=None).response_id) not in html
    learn(six[5], 5)
    assert "CANARY-5" not in look(world), "a sixth alone would be new"


def test_the_order_of_the_texts_has_nothing_to_do_with_who_wrote_when(world, five):
    with clock.at(LOOK):
        orders = []
        for question in ("mentor_learnt", "mentee_learnt"):
            asked = get_question(world.programme, "success-shared", question)
            texts = texts_of(asked, sheets_read(world.cohort, [asked])["success-shared"].read)
            assert [text.code for text in texts] == sorted(text.code for text in texts)
            orders.append([text.code for text in texts])
    assert not set(orders[0]) & set(orders[1]), "nothing on the two pages is the same for one pair"


@pytest.mark.covers("phase1.must.60")
@pytest.mark.parametrize("who", ["admin", "steering", "lead"])
def test_nobody_but_coordinators_reads_a_word(world, five, who):
    name(world, "Listening")
    look(world, LEARNT, user=getattr(world, who), status=403)
    if who != "lead":
        assert "CANARY" not in look(world, LIST, user=getattr(world, who))
        assert "CANARY" not in look(world, "results/", user=getattr(world, who))
    for one in (five[0].mentor, five[0].mentee):
        look(world, LEARNT, user=one, status=404)
        look(world, LIST, user=one, status=404)


@pytest.mark.covers("phase1.must.60")
def test_nothing_is_read_that_its_writers_were_not_told_of(world, six):
    """A sheet written before its question was released says nothing to anybody, then or later."""
    newest = current_version(world.programme.handbook, "success-shared")
    sections = [
        section | {"fields": [one | {"coded": False} for one in section["fields"]]}
        for section in newest.definition["sections"]
    ]
    definition = newest.definition | {"sections": sections}
    plain = TemplateVersion.objects.create(template=newest.template, number=newest.number + 1, definition=definition)
    for place, pair in enumerate(six):
        learn(pair, place)
    TemplateVersion.objects.create(template=newest.template, number=plain.number + 1, definition=newest.definition)
    assert "CANARY" not in look(world)
    assert "There is nothing to read yet" in look(world)


@pytest.mark.covers("phase1.must.60")
def test_it_is_said_before_a_word_is_typed_and_nobody_takes_such_a_sheet_up_again(world, five):
    pair = five[0]
    output, reader = get_output_for(pair.mentee, pair.output(worksheet="success-shared", member=None).pk, Right.STATUS)
    said = readers_sentence(reader, output, reader.sheet_of(output))
    assert "“What has the mentor learnt?” and “What has the mentee learnt?” reaches them without names" in said
    assert "the rest does not" in said
    assert "Once it is sent, it stays as it is" in said
    with pytest.raises(PermissionDenied):
        reopen_output(output=output, actor=pair.mentee)
    with clock.at(SENT), no_scope():
        client = sign_in(pair.mentee)
        assert client.post(world.url(f"outputs/{output.pk}/reopen/")).status_code == 403


# --- Marking -----------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.60", "phase1.measure.4", "phase1.arch.9.b")
def test_texts_are_marked_with_none_one_or_several_and_counted_beside_the_numbers(world, six):
    for place, pair in enumerate(six[:5]):
        for number, side in enumerate(("mentee", "mentor")):
            text = f"CANARY-{side}-{place}"
            noted(
                pair, "growth-in-words", at=SENT + place * HOUR, number=number, side=side, rater="self", confidence=text
            )
        written(pair, "success-shared", at=SENT, mentor_learnt="x", mentee_learnt="y", **{"continue": "in_touch"})
    calm, speaks = name(world, "Calmer", "Speaks up", path=GROWTH)
    typed = open_page(world, GROWTH)
    texts = codes(typed)
    assert len(texts) == 8, "five, and three more"
    for code in texts[:4]:
        typed.setlist(f"marks-{code}", [calm])
    typed.setlist(f"marks-{texts[4]}", [calm, speaks])
    status, told = send(world, typed, GROWTH)
    assert status == 200
    assert "5 texts marked" in told
    assert counts(world, "confidence") == {"Calmer": 5, "Speaks up": 1, "None of these": 0}
    typed = open_page(world, GROWTH)
    assert typed.getlist(f"marks-{texts[4]}") == [calm, speaks]
    typed.setlist(f"marks-{texts[5]}", ["none"])
    send(world, typed, GROWTH)
    assert counts(world, "confidence") == {"Calmer": 5, "Speaks up": 1, "None of these": 1}
    for user in (world.coordinator, world.steering):
        for path in (LIST, "results/"):
            page = words(look(world, path, user=user))
            growth = page[page.index("Growth in words") :]
            assert "Calmer 5 Speaks up 1 None of these 1" in growth
            shared = page[page.index("What we share as success") : page.index("Growth in words")]
            assert "Will you stay in touch? " in shared, "the same sheets' numbers stand beside their themes"
            assert "Yes 5" in shared
    assert "CANARY" not in look(world, LIST)


@pytest.mark.covers("phase1.succ.shared.1")
def test_both_written_and_their_themes_stand_among_the_indicators_in_percent(world, six):
    for place, pair in enumerate(six[:5]):
        learn(pair, place)
    output = six[5].output(worksheet="success-shared", member=None)
    output.due_at = SENT
    output.save()
    assert one_figure(world, "shared_learning", "both") == 83
    listens, patient = name(world, "Listening", "Patience")
    typed = open_page(world)
    texts = codes(typed)
    for place, code in enumerate(texts[:4]):
        typed.setlist(f"marks-{code}", [listens, patient] if place == 0 else [listens])
    send(world, typed)
    asked = "What has the mentor learnt?"
    assert figures(world, "shared_learning", "themes")[asked] is None, "four read texts are not broken down"
    assert "Listening" not in look(world, "indicators/", user=world.steering)
    typed = open_page(world)
    typed.setlist(f"marks-{texts[4]}", ["none"])
    send(world, typed)
    told = figures(world, "shared_learning", "themes")
    assert (told[f"{asked}: Listening"], told[f"{asked}: Patience"], told[f"{asked}: None of these"]) == (80, 20, 20)
    html = look(world, "indicators/", user=world.steering)
    assert "4 of 5 texts" in html
    assert "CANARY" not in html


@pytest.mark.covers("phase1.arch.9")
def test_dashboards_themes_reports_and_open_files_tell_the_same(world, five):
    """Numbers stand beside themes on the page, in the report that is made by itself, and in the file for other tools."""
    (listens,) = name(world, "Listening well")
    typed = open_page(world)
    for code in codes(typed):
        typed.setlist(f"marks-{code}", [listens])
    send(world, typed)
    for number, pair in enumerate(five):
        noted(pair, "check-in", at=LOOK - 20 * DAY, number=70 + number)
    html = look(world, "indicators/")
    assert "5 of 6 relationships" in html, "engagement: one of the six has written nothing"
    assert "5 of 5 texts" in html
    file = list(csv.DictReader(io.StringIO(look(world, "indicators/csv/").lstrip("\ufeff"))))
    rows = {(one["measure"], one["at"]): one for one in file}
    assert rows["What comes up in it", "Listening well"]["figure"] == "100.0"
    assert rows["What comes up in it", "Listening well"]["behind"] == "5"
    with clock.at(LOOK):
        effectiveness = next(one for one in kit_of(world.programme.handbook).reports if one.about == "effectiveness")
        span = Span(LOOK.date() - 90 * DAY, LOOK.date() - DAY, "2027-Q2")
        told = scheduled_figures(world.cohort, effectiveness, span, LOOK)
    printed = {
        line["what"]: line["value"] for part in told["parts"] for one in part["measures"] for line in one["lines"]
    }
    assert printed["What has the mentor learnt?: Listening well"] == "100%"
    assert "CANARY" not in html + str(told) + str(file)


def test_fewer_than_five_read_texts_are_not_broken_down(world, five):
    (listens,) = name(world, "Listening")
    typed = open_page(world)
    for code in codes(typed)[:4]:
        typed.setlist(f"marks-{code}", [listens])
    send(world, typed)
    assert counts(world) is None
    page = words(look(world, LIST))
    assert "4 answers. Fewer than 5 are not shown" in page
    assert "Listening" not in page


@pytest.mark.covers("phase1.arch.9.b")
def test_themes_stand_in_the_report_too_and_no_word_that_is_marked(world, five):
    (listens,) = name(world, "Listening well")
    before = request(world, world.steering)
    typed = open_page(world)
    for code in codes(typed):
        typed.setlist(f"marks-{code}", [listens])
    send(world, typed)
    for user in (world.steering, world.coordinator):
        document = request(world, user)
        assert document.pk != before.pk, "there is something new to print"
        with clock.at(LOOK):
            printed = render_results(document)
        assert "Listening well" in printed
        assert "CANARY" not in printed


def request(world: World, user):
    with clock.at(LOOK):
        return request_results_pdf(cohort=world.cohort, actor=user, results=results_of(world.cohort))


# --- Two at once -------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.must.60")
def test_two_coordinators_at_once_lose_nothing(world, five):
    listens, patient = name(world, "Listening", "Patience")
    one, other = open_page(world), open_page(world)
    first, second = codes(one)[:2]
    one.setlist(f"marks-{first}", [listens])
    other.setlist(f"marks-{first}", [patient])
    other.setlist(f"marks-{second}", ["none"])
    one["new"], other["new"] = "Courage", "Curiosity"
    send(world, one)
    send(world, other)
    assert {theme.name for theme in Theme.objects.all()} == {"Listening", "Patience", "Courage", "Curiosity"}
    now = open_page(world)
    assert set(now.getlist(f"marks-{first}")) == {listens, patient}
    late = open_page(world)
    now.setlist(f"marks-{first}", [patient])
    send(world, now)
    late.setlist(f"marks-{second}", [listens])
    send(world, late)
    marked = {frozenset(marks) for marks in marks_in(world.cohort)["mentor_learnt"].values()}
    assert marked == {frozenset({patient}), frozenset({listens})}, (
        "what one took off, the other's page does not put back"
    )


def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(world, five):
    listens, patient = name(world, "Listening", "Patience")
    typed = open_page(world)
    code = codes(typed)[0]
    typed.setlist(f"marks-{code}", [listens])
    stale = typed.copy()
    typed[f"name-{patient}"] = "listening"
    status, told = send(world, typed)
    assert status == 422
    assert "There is a theme of this name already" in told
    assert not ThemeMark.objects.exists(), "all of it is saved or none"
    typed[f"name-{patient}"] = "Being patient"
    assert send(world, typed)[0] == 200
    stale[f"name-{patient}"] = "Calm"
    status, told = send(world, stale)
    assert status == 422
    assert "Somebody has called it “Being patient” meanwhile" in told
    typed = open_page(world)
    typed[f"name-{listens}"] = ""
    status, told = send(world, typed)
    assert status == 422
    assert "There are texts with this theme" in told
    typed[f"name-{listens}"], typed[f"name-{patient}"] = "Listening", ""
    assert send(world, typed)[0] == 200
    assert [theme.name for theme in Theme.objects.all()] == ["Listening"]
    stale.setlist(f"marks-{code}", [patient])
    stale[f"name-{patient}"] = "Patience"
    status, told = send(world, stale)
    assert status == 422
    assert "taken out meanwhile" in told


def test_themes_belong_to_a_question_of_one_programme(world, five):
    name(world, "Listening")
    assert "Listening" not in look(world, "themes/success-shared/mentee_learnt/")
    look(world, "themes/success-shared/mentor_outcome/", status=404)
    look(world, "themes/nothing/mentor_learnt/", status=404)


def test_the_page_takes_as_many_queries_for_six_pairs_as_for_five(world, six):
    for place, pair in enumerate(six[:5]):
        learn(pair, place)
    look(world, LIST)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            coded_sheets(Cohort.objects.select_related("programme__handbook").get(pk=world.cohort.pk))
        return len(caught)

    before = queries()
    learn(six[5], 5)
    assert queries() == before


# --- What a handbook may say -------------------------------------------------------------------------------------------


def sheet(preset: str, **changes) -> Worksheet:
    field = {"key": "text", "kind": "longtext", "label": "Text", "ours": True, "coded": True} | changes
    return Worksheet.model_validate(
        {
            "key": "sheet",
            "title": "Sheet",
            "filled_by": "each",
            "readers": {"preset": preset},
            "sections": [{"key": "one", "fields": [field]}],
            "ours": True,
        }
    )


def test_a_handbook_releases_only_what_nobody_reads_as_somebodys():
    for preset in ("pair", "status", "anonymous"):
        assert [field.key for field in sheet(preset).coded] == ["text"]
    for preset in ("coordinator", "author-coordinator", "private"):
        with pytest.raises(ValidationError, match="no coordinator reads as anybody's"):
            sheet(preset)
    for wrong in ({"kind": "date"}, {"sensitive": True}, {"readers": "pair"}):
        with pytest.raises(ValidationError, match="gathered into themes"):
            sheet("status", **wrong)


def test_of_an_anonymous_survey_only_what_may_be_quoted_is_gathered():
    kit = shipped_kit("gla").model_copy(deep=True)
    asked = kit.surveys[0].worksheet
    changed = next(one for one in kit.worksheets if one.key == asked)
    text = next(field for field in changed.fields() if field.kind == "longtext")
    text.coded = True
    assert not list(check_surveys(kit, []))
    kit.surveys[0].quotes = None
    assert [one for one in check_surveys(kit, []) if "unless its writers let it" in one.message]
