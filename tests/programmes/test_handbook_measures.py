"""What an indicator is reckoned from is chosen in the browser: how, what of, and which answers count."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.html import escape

from mentoring.tenancy.scope import tenant_scope
from programmes.domain.handbook.measure_said import said_as_shape, shown
from programmes.domain.handbook.measure_ways import WAYS
from programmes.domain.handbook.measuring import ASKS_ABOUT, subjects_for, subjects_of
from programmes.models import Programme
from templates_app.domain.kits import whole_kit
from templates_app.shapes import Measure, Reckoning
from tests.programmes.conftest import PROGRAMME, words, work_by
from tests.programmes.designing.conftest import fields_of
from tests.templates_app.paper_browser import Page

pytestmark = pytest.mark.django_db
ITEMS = f"{PROGRAMME}handbook/indicators/"


@pytest.fixture
def aspire(coordinator_client, company):
    """The programme works by a handbook that judges itself by indicators of every kind."""
    work_by(company, "aspire")
    return coordinator_client


def kit(company):
    with tenant_scope(company.organisation):
        return whole_kit(Programme.objects.select_related("handbook").get(pk=company.programme.pk).handbook)


def indicator(company, key):
    return next(one for one in kit(company).indicators if one.key == key)


def address(company, key, figure="", query=""):
    return company.url(f"{ITEMS}item/{key}/figures/{figure + '/' if figure else ''}{query}")


def save(client, url, **changes):
    """Send a page's form with something changed."""
    page = client.get(url)
    assert page.status_code == 200
    typed = Page(words(page)).post(**changes)
    return client.post(url, {name: typed.getlist(name) for name in typed})


def done(answer):
    assert answer.status_code == 302, words(answer)


def row(name, place, **said):
    return {f"{name}-{place}-{what}": value for what, value in said.items()}


def test_every_way_of_reckoning_is_offered_in_plain_words():
    assert [way.reckon for way in WAYS] == list(dict.fromkeys(way.reckon for way in WAYS))
    assert {way.reckon for way in WAYS} == set(Reckoning)


def test_every_figure_of_a_handbook_reads_the_same_after_its_form(aspire, company):
    found = kit(company)
    figures = [one for each in found.indicators for one in each.measures]
    assert {one.reckon for one in figures} == set(Reckoning)
    for one in figures:
        said = said_as_shape(one.reckon, subjects_of(found, one), shown(one))
        assert Measure.model_validate(said | {"key": one.key}) == one
        if one.reckon in ASKS_ABOUT:
            offered = {subject.name for subject in subjects_for(found, one.reckon)}
            assert {subject.name for subject in subjects_of(found, one)} <= offered, one.title


@pytest.mark.parametrize("key", ["mentee_goals", "shared_gain", "mentor_activity", "mentee_skills"])
def test_a_form_that_is_saved_as_it_stands_changes_nothing(aspire, company, key):
    before = kit(company)
    for figure in next(one for one in before.indicators if one.key == key).measures:
        answer = save(aspire, address(company, key, figure.key))
        done(answer)
        assert "Nothing was changed." in words(aspire.get(answer["Location"]))
    assert kit(company).indicators == before.indicators


NEW = [
    ("mean", "mentee.success-mentee", {"surveys": ["success-mentee-end"], "fields": ["confidence", "initiative"]}),
    ("change", "mentee.success-mentee", {"surveys": ["success-mentee-start", "success-mentee-end"], "fields": ["decision"]}),
    ("matched", "mentee.success-mentee", {"surveys": ["success-mentee-end"], "fields": ["confidence"]}),
    (
        "share",
        "mentor.success-mentor",
        {
            "surveys": ["success-mentor-end"],
            **row("fits", 0, answer="advice=less"),
            **row("fits", 1, answer="growth>", at_least="7"),
        },
    ),
    ("share", "pair.success-shared", row("fits", 0, answer="continue=in_touch")),
    (
        "rise",
        "mentee.success-mentee.skills",
        {"surveys": ["success-mentee-end"], "before": "before", "now": "after", "kinds": "kind"},
    ),
    (
        "rows",
        "mentee.success-mentee.goals",
        {
            "surveys": ["success-mentee-end"],
            **row("weights", 0, answer="met=met", counts="1"),
            **row("weights", 1, answer="met=part", counts="0.5"),
            **row("fits", 0, answer="evidence="),
            "goal": "goal",
            "within_days": "31",
        },
    ),
    ("how-many", "pair.success-shared.network", {}),
    (
        "together",
        "success-mentor-end&of=success-mentee-end.goals",
        {
            **row("fits_0", 0, answer="evidence="),
            **row("weights_0", 0, answer="met=met", counts="1"),
            "share_0": "60",
            **row("fits_1", 0, answer="satisfied>", at_least="7"),
        },
    ),
    ("sent", "pair.success-shared", {"fields": ["mentor_learnt"]}),
    ("themes", "pair.success-shared", {"fields": ["mentee_learnt"]}),
    ("held", "", {}),
    ("now-mentors", "", {}),
    ("engaged", "", {"worksheets": ["check-in"]}),
    ("activity", "", {"side": "mentor", "counts": "sheets", "worksheets": ["feedback"]}),
    ("standing", "", {}),
    ("requests", "", {"worksheets": ["check-in"]}),
    ("gap", "", {"of": ["level", "trend"]}),
]  # fmt: skip


@pytest.mark.parametrize(("reckon", "of", "said"), NEW, ids=[f"{one[0]} {one[1]}" for one in NEW])
def test_each_kind_of_figure_can_be_made_in_the_browser(aspire, company, reckon, of, said):
    url = address(company, "mentee_satisfaction", query=f"?reckon={reckon}" + (f"&of={of}" if of else ""))
    done(save(aspire, url, title="A figure of our own", **said))
    made = indicator(company, "mentee_satisfaction").measures[-1]
    assert (made.key, made.title, made.reckon) == ("a_figure_of_our_own", "A figure of our own", reckon)
    shape = made.model_dump(mode="json")
    for name in ("surveys", "fields", "worksheets", "of", "before", "now", "kinds", "goal", "side", "counts"):
        assert shape[name] == said.get(name, [] if isinstance(shape[name], list) else None)
    assert "A figure of our own" in words(aspire.get(company.url(f"{ITEMS}item/mentee_satisfaction/")))


def test_where_there_is_but_one_worksheet_to_choose_it_is_chosen(aspire, company):
    done(save(aspire, address(company, "mentee_satisfaction", query="?reckon=agreed"), title="Results", date="date"))
    made = indicator(company, "mentee_satisfaction").measures[-1]
    assert (made.worksheet, made.fields) == ("objective-result", ["date"])


def test_conditions_and_weights_come_as_they_were_said(aspire, company):
    (_reckon, of, said) = next(one for one in NEW if one[0] == "together")
    done(save(aspire, address(company, "shared_gain", query=f"?reckon=together&of={of}"), title="Both", **said))
    rows, plain = indicator(company, "shared_gain").measures[-1].parts
    assert (rows.survey, rows.rows, rows.column, rows.weights, rows.share) == (
        *("success-mentee-end", "goals", "met"), {"met": 1.0}, 0.6,
    )  # fmt: skip
    assert [one.model_dump(exclude_defaults=True) for one in rows.fits] == [{"field": "evidence", "filled": True}]
    assert [one.model_dump(exclude_defaults=True) for one in plain.fits] == [{"field": "satisfied", "at_least": 7}]


def test_answers_of_one_question_stand_for_one_or_the_other(aspire, company):
    answer = save(
        aspire, address(company, "shared_ties", "contact"), **row("fits", 2, answer="contact=not_in_contact"),
    )  # fmt: skip
    done(answer)
    contact = next(one for one in indicator(company, "shared_ties").measures if one.key == "contact")
    assert [one.is_in for one in contact.fits] == [["often", "sometimes", "not_in_contact"]]


FAULTY = [
    ("change", {"surveys": ["success-mentee-end"], "fields": ["decision"]}, "surveys", "Choose two surveys at least"),
    (
        "mean",
        {"surveys": ["success-mentee-end"], "fields": ["decision", "heard"]},
        "fields",
        "do not reach from the same",
    ),
    ("mean", {"surveys": ["success-mentee-end"]}, "fields", "This field is required."),
    ("share", {"surveys": ["success-mentee-end"]}, None, "Say which answers count"),
    ("activity", {"side": "mentor", "counts": "tasks"}, "counts", "counted for mentees alone"),
    ("activity", {"side": "mentor", "counts": "sheets"}, "worksheets", "Choose the worksheets that count."),
    ("gap", {"of": ["level"]}, "of", "Choose two."),
]


@pytest.mark.parametrize(
    ("reckon", "said", "place", "message"), FAULTY, ids=[f"{one[0]} {one[3][:20]}" for one in FAULTY]
)
def test_what_is_missing_is_said_at_its_place_and_nothing_is_kept(aspire, company, reckon, said, place, message):
    before = kit(company).indicators
    of = "&of=mentee.success-mentee" if Reckoning(reckon) in ASKS_ABOUT else ""
    answer = save(
        aspire, address(company, "mentee_satisfaction", query=f"?reckon={reckon}{of}"), title="Ours", **said
    )  # fmt: skip
    assert answer.status_code == 200
    form = answer.context["form"]
    told = form.errors[place] if place else form.non_field_errors()
    assert any(message in one for one in told), form.errors
    assert kit(company).indicators == before


ROWS = "?reckon=rows&of=mentee.success-mentee.goals"


@pytest.mark.parametrize(
    ("said", "list_", "place", "message"),
    [
        (row("weights", 0, answer="met=met", counts="50"), "weights", (0, "counts"), "from 0, not at all, to 1"),
        (
            row("weights", 0, answer="met=met", counts="1") | row("weights", 1, answer="met=met", counts="0"),
            *("weights", (1, "answer"), "stands above already"),
        ),
        (row("fits", 0, answer="evidence=", at_least="3"), "fits", (0, "at_least"), "Leave this empty"),
    ],
)
def test_a_row_that_is_not_right_says_so_in_the_row(aspire, company, said, list_, place, message):
    url = address(company, "mentee_goals", query=ROWS)
    answer = save(aspire, url, title="Ours", surveys=["success-mentee-end"], **said)
    assert answer.status_code == 200
    rows = answer.context["form"].rowsets[list_]
    assert any(message in one for one in rows.forms[place[0]].errors[place[1]])
    assert escape(message) in words(answer)


def test_one_chooses_in_steps_how_it_is_reckoned_and_what_of(aspire, company):
    page = words(aspire.get(address(company, "mentee_satisfaction")))
    assert "The mean on a scale" in page
    assert "?reckon=mean" in page
    of = words(aspire.get(address(company, "mentee_satisfaction", query="?reckon=mean")))
    assert re.search(r"\?reckon=mean&amp;of=mentee\.success-mentee\"", of)
    assert "asked of mentees" in of
    form = fields_of(aspire.get(address(company, "mentee_satisfaction", query="?reckon=mean&of=mentee.success-mentee")))
    assert form["title"] == ""


def test_without_a_survey_of_one_side_the_page_says_what_is_needed(coordinator_client, company):
    done(save(coordinator_client, company.url(f"{ITEMS}add/"), title="Trust", about="shared", definition="They trust."))
    page = words(coordinator_client.get(address(company, "trust")))
    assert "It needs a survey that asks one side alone" in page
    assert "?reckon=mean" not in page
    assert "?reckon=held" in page
    done(save(coordinator_client, address(company, "trust", query="?reckon=held"), title="Held"))
    assert [one.reckon for one in indicator(company, "trust").measures] == ["held"]


def test_only_answers_that_may_be_counted_are_offered(aspire, company):
    found = kit(company)
    for reckon in Reckoning:
        for subject in subjects_for(found, reckon):
            assert all(not field.sensitive for field in subject.asked)
    offered = {subject.sheet.key for subject in subjects_for(found, Reckoning.SHARE)}
    private = {sheet.key for sheet in found.worksheets if sheet.readers.preset == "private"}
    assert private
    assert not offered & private


def test_what_was_typed_comes_back_after_signing_in_again(aspire, company):
    """A form is kept under its address alone; how it is reckoned and what of stand in it."""
    url = address(company, "mentee_satisfaction", query="?reckon=mean&of=mentee.success-mentee")
    said = {"title": "Typed before", "surveys": ["success-mentee-end"], "fields": ["decision"]}
    typed = Page(words(aspire.get(url))).post(**said)
    aspire.logout()
    away = aspire.post(url, {name: typed.getlist(name) for name in typed}, HTTP_ORIGIN="http://testserver")
    assert away.status_code == 302
    back = parse_qs(urlsplit(away["Location"]).query)["next"][0]
    aspire.force_login(company.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    page = aspire.get(back)
    assert 'value="Typed before"' in words(page)
    sent = Page(words(page)).post()
    done(aspire.post(back.partition("?")[0], {name: sent.getlist(name) for name in sent}))
    assert indicator(company, "mentee_satisfaction").measures[-1].fields == ["decision"]


def test_reckoned_in_another_way_it_keeps_its_name_and_key(aspire, company):
    url = address(company, "mentee_decisions", "cases", "?reckon=mean&of=mentee.success-mentee")
    shown = fields_of(aspire.get(url))
    assert shown["title"] == "Mentees who describe a hard problem and its result"
    done(save(aspire, url, surveys=["success-mentee-end"], fields=["decision"]))
    cases = next(one for one in indicator(company, "mentee_decisions").measures if one.key == "cases")
    assert (cases.reckon, cases.fits, cases.fields) == ("mean", [], ["decision"])


def test_a_figure_that_is_compared_stays_until_the_other_one_goes(aspire, company):
    found = next(one for one in kit(company).indicators if any(each.of for each in one.measures))
    gap = next(one for one in found.measures if one.of)
    refused = aspire.post(address(company, found.key, f"{gap.of[0]}/out"), follow=True)
    assert escape(f"“{gap.title}” compares it with another figure.") in words(refused)
    aspire.post(address(company, found.key, f"{gap.key}/out"))
    aspire.post(address(company, found.key, f"{gap.of[0]}/out"))
    left = {one.key for one in indicator(company, found.key).measures}
    assert left == {one.key for one in found.measures} - {gap.key, gap.of[0]}


def test_figures_change_places_and_the_handbooks_history_tells_all_of_it(aspire, company):
    aspire.post(address(company, "mentee_confidence", "level/down"))
    assert [one.key for one in indicator(company, "mentee_confidence").measures] == ["change", "level"]
    url = address(company, "mentee_confidence", "level")
    done(save(aspire, url, fields=["confidence"]))
    history = words(aspire.get(company.url(f"{PROGRAMME}handbook/history/?part=indicators")))
    assert "What it is reckoned from" in history
    assert "Mean of the three answers" in history
    listed = aspire.get(company.url(ITEMS)).context["items"]
    assert next(one.state for one in listed if one.key == "mentee_confidence") == "changed"
    undo = re.search(r'action="([^"]+/undo/)"', words(aspire.get(company.url(ITEMS))) + history)
    assert undo
    aspire.post(undo[1])
    level = next(one for one in indicator(company, "mentee_confidence").measures if one.key == "level")
    assert level.fields == ["confidence", "initiative", "self_manage"]


def test_of_two_who_change_the_same_figure_the_second_is_told(aspire, company):
    url = address(company, "mentee_confidence", "level")
    typed = Page(words(aspire.get(url))).post(title="Mine")
    done(save(aspire, url, title="Theirs"))
    late = aspire.post(url, {name: typed.getlist(name) for name in typed})
    assert "Somebody else changed this while you were writing." in words(late)
    level = next(one for one in indicator(company, "mentee_confidence").measures if one.key == "level")
    assert level.title == "Theirs"


def test_what_is_not_there_is_not_found(aspire, company):
    for path in (address(company, "nothing"), address(company, "mentee_confidence", "nothing")):
        assert aspire.get(path).status_code == 404
    assert aspire.post(address(company, "mentee_confidence", "level/sideways")).status_code == 404
