"""The worksheet's form without JavaScript: asked, sent, read back and shown again, with nothing lost on the way."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from hypothesis import HealthCheck, Phase, given, settings

from templates_app.answers import AnswerFault, check, is_raw
from templates_app.answers.raw import raw_words
from templates_app.answers.signing import without_signatures
from templates_app.answers.wording import one_line
from templates_app.forms.asking import CONTROLS
from templates_app.forms.keeping import draft_id, draft_key, keeping
from templates_app.forms.rows import open_suggestions
from templates_app.forms.worksheet import WorksheetForm
from templates_app.shapes import FieldShape, Kind, Worksheet
from tests.kits import every_kit, kit_named
from tests.templates_app.answers.hostile import CORPUS, NAMES
from tests.templates_app.answers.strategies import answers_of
from tests.templates_app.paper_browser import Page
from tests.templates_app.sink import A_FILE, ANA, FULL, HELEN, HELENS_SIGNATURE, field, kitchen_sink, sheet, someone

FIELDS = kitchen_sink().fields()
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Making a failing page smaller takes minutes; the failing answers say enough."""


def form_of(
    data: Any = None, answers: dict[str, Any] | None = FULL, *, worksheet: Worksheet | None = None, **rest: Any
):
    context = rest.pop("context", None) or someone()
    return WorksheetForm(
        worksheet or kitchen_sink(), data, rest.pop("files", None), answers=answers, context=context, **rest
    )


def unsigned(form: WorksheetForm) -> dict[str, Any]:
    """What a draft would keep, signatures aside: none stands for changed words (``answers/test_signing.py``)."""
    return without_signatures(FIELDS, form.checked("draft").answers)


def html_of(form: WorksheetForm) -> str:
    kept = keeping(
        user=ANA, response="r", revision=3, draft_url="/draft", login_url="/login", saved_words="Saved 10:42"
    )
    return render_to_string("templates_app/worksheet/_form.html", {"form": form, "keeping": kept, "readers": "Helen."})


def page_of(form: WorksheetForm) -> Page:
    return Page(html_of(form))


def typed(answers: dict[str, Any], mode: str = "draft", **context: Any):
    """What becomes of a sheet whose page is opened with these answers and sent as it stands."""
    page = page_of(form_of(None, answers, context=someone(**context)))
    return form_of(page.post(), answers, context=someone(**context)).checked(mode)


# --- There and back -------------------------------------------------------------------------------------------------


def test_every_kind_is_asked():
    assert set(CONTROLS) == set(Kind)


@pytest.mark.parametrize("mode", ["draft", "submit"])
@pytest.mark.parametrize("zone", ["Pacific/Apia", "Australia/Lord_Howe"])
@pytest.mark.parametrize("locale", ["en-gb", "de", "fr"])
def test_every_kind_goes_to_the_page_and_back_unchanged(mode, zone, locale):
    result = typed(FULL, mode, zone=zone, locale=locale)
    assert result.faults == {}
    assert result.answers == FULL


def test_a_blank_page_sent_as_it_is_answers_nothing():
    assert typed({}).answers == {}


def told(value: Any) -> Any:
    """A value with all words as the letters that stand on the page: what was not understood is shown as plain words."""
    if is_raw(value):
        value = raw_words(value)
    if isinstance(value, dict):
        return {key: told(part) for key, part in value.items() if told(part)}
    if isinstance(value, list):
        return [told(part) for part in value]
    return (
        sorted(letter for letter in one_line(value) if not letter.isspace())
        if isinstance(value, str)
        else value or None
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(answers_of(FIELDS))
def test_whatever_a_draft_holds_survives_the_page(answers):
    """Understood or not: what was kept is on the page, and comes back from it as it was.

    Signatures aside: words that were never understood come back tidied, and no signature stands for changed words.
    """
    stored = {"countersign": HELENS_SIGNATURE, "letter": A_FILE}
    context, more = someone(files=frozenset({"file-1"})), {"gone": "by an older version"}
    kept = check(kitchen_sink(), answers | more, context, mode="draft", stored=stored).answers
    once = form_of(page_of(form_of(None, kept)).post(), kept).checked("draft").answers
    assert told(without_signatures(FIELDS, once)) == told(without_signatures(FIELDS, kept))
    again = form_of(page_of(form_of(None, once)).post(), once).checked("draft").answers
    assert again == once


@pytest.mark.parametrize("words", CORPUS, ids=NAMES)
def test_hostile_words_pass_through_every_text_field_as_words(words):
    names = ["f-post", "f-story", "f-mail", "f-page", "f-phone", "f-years", "f-length", "f-day", "f-next-date",
             "f-model__other", "f-weights-trust", "f-ticks-where-note", "f-gaps-0-gap", "f-goals-0-steps-0-step"]  # fmt: skip
    words = words.encode("utf-8", "replace").decode()
    data = page_of(form_of()).post(**dict.fromkeys(names, words))
    first = form_of(data)
    first.checked("draft")
    html = html_of(first)
    for bad in ("<script>alert", "<svg/onload", "<img src=x", "SECRET_KEY}}</", "<p data-draft-url"):
        assert bad not in html
    second = form_of(Page(html).post())
    assert second.checked("draft").answers == first.checked("draft").answers


# --- The page -------------------------------------------------------------------------------------------------------

PAGES = {
    "full": form_of,
    "blank": lambda: form_of(answers={}),
    "faulty": lambda: _sent(form_of(page_of(form_of(answers={})).post(), {})),
    "odd": lambda: _sent(
        form_of(page_of(form_of()).post(**{"f-grid-talk": "9", "f-goals-0-due": "soon", "f-model": "boat"}))
    ),
}


def _sent(form: WorksheetForm) -> WorksheetForm:
    form.checked("submit")
    return form


@pytest.fixture(params=PAGES)
def page(request) -> Page:
    return page_of(PAGES[request.param]())


def assert_references_are_there(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


def assert_controls_are_labelled(page: Page) -> None:
    labelled = {attrs.get("for") for tag, attrs in page.elements if tag == "label"}
    for tag, attrs in page.elements:
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden":
            assert attrs["id"] in labelled


def test_every_reference_has_its_target_and_every_control_its_label(page):
    assert_references_are_there(page)
    assert_controls_are_labelled(page)


def test_the_page_has_no_script_style_or_browser_side_refusal(page):
    for tag, attrs in page.elements:
        assert tag not in {"script", "style"}
        assert not {"style", "maxlength", "required", "min", "max", "pattern"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]


def test_a_scale_with_labels_shows_its_numbers_too():
    """What is answered reads as it is shown afterwards, and as reports compute on it."""
    html = html_of(form_of(answers={}))
    assert "<span>-1 – Badly</span>" in html
    assert "<span>0 – So so</span>" in html


def test_nothing_is_chosen_beforehand():
    sent = page_of(form_of(answers={})).sent
    assert {value for name, value in sent if not name.endswith(("-_id", "save_key", "revision", "whose", "_end"))} == {
        ""
    }


def test_who_reads_it_stands_before_the_first_field():
    html = html_of(form_of())
    assert html.index("Who reads this:") < html.index("f-post")
    assert "Only you read this answer." in html


def test_faults_stand_on_top_in_the_order_of_the_page_each_with_its_way():
    form = _sent(
        form_of(
            page_of(form_of(answers={})).post(**{"f-years": "many", "f-goals-0-goal": "a", "f-goals-0-state": "done"}),
            {},
        )
    )
    told = [(fault["label"], fault["anchor"]) for fault in form.fault_list]
    assert told == [
        ("Your post:", "id_f-post"),
        ("Years in this work:", "id_f-years"),
        ("Which sectors do you know?", "id_f-sectors_0"),
        ("Our talks:", "id_f-grid-talk_0"),
        ("Read the guide:", "id_f-ticks-read-done"),
        ("Gaps and what you do about them:", "q-f-gaps"),
        ("In one year:", "q-f-horizon-y1"),
        ("Goal 1 · How do you know?", "id_f-goals-0-proof"),
        ("Your signature:", "id_f-sign-name"),
    ]
    page = page_of(form)
    assert page.element(id="id_f-years")["aria-invalid"] == "true"
    assert "q-f-years-fault" in page.element(id="id_f-years")["aria-describedby"].split()
    assert page.element(id="id_f-story").get("aria-invalid") is None
    assert "q-f-story-warning" in page.element(id="id_f-story")["aria-describedby"].split()
    assert "many" in [value for name, value in page.sent if name == "f-years"]


def test_days_that_are_none_stay_to_be_seen():
    page = page_of(form_of(page_of(form_of()).post(**{"f-day": "after Easter", "f-next-time": "at noon"})))
    assert page.element(name="f-day") | {"type": "text", "value": "after Easter"} == page.element(name="f-day")
    assert page.element(name="f-next-time") | {"type": "text", "value": "at noon"} == page.element(name="f-next-time")


def test_times_are_asked_on_the_persons_own_clock_and_say_so():
    assert "Your own time, in Lord Howe Island." in html_of(form_of(context=someone(zone="Australia/Lord_Howe")))
    page = page_of(form_of(context=someone(zone="Australia/Lord_Howe")))
    assert page.element(name="f-next-time")["value"] == "07:30"


def test_progress_stands_at_the_sections_and_at_the_foot():
    html = html_of(form_of(answers={"post": "Officer"}))
    assert "1 of 7" in html
    assert form_of(answers={"post": "Officer"}).answered == 1


@pytest.mark.parametrize("kit", every_kit())
def test_every_shipped_worksheet_makes_a_sound_page(kit):
    for shipped in kit_named(kit).worksheets:
        form = form_of(page_of(form_of(answers={}, worksheet=shipped)).post(), {}, worksheet=shipped)
        needed = form.checked("submit").faults
        page = page_of(form)
        assert_references_are_there(page)
        assert_controls_are_labelled(page)
        assert {fault["anchor"] for fault in form.fault_list} <= set(page.ids), shipped.key
        assert len(form.fault_list) == len(needed)


# --- Rows, by buttons alone -----------------------------------------------------------------------------------------


def press(button: str, form: WorksheetForm | None = None, answers: Any = FULL, **changes: Any) -> WorksheetForm:
    """Type, press a row button, and get the page that comes back."""
    page = page_of(form or form_of(None, answers))
    assert button in page.buttons
    return form_of(page.post(button, **changes), answers)


def test_a_row_is_added_and_nothing_typed_is_lost():
    form = press("_op=add:goals", **{"f-story": "just typed", "f-goals-1-goal": "and this"})
    assert form.changes_rows
    goals = form.raw_answers()["goals"]
    assert [row.get("goal") for row in goals] == ["Lead a review", "and this", None]
    assert form.raw_answers()["story"] == "just typed"
    page = page_of(form)
    assert page.element(name="f-goals-2-goal")["autofocus"] is None, "the cursor goes into the new row"
    assert page.element(name="f-goals-2-steps-0-step"), "which starts as the worksheet says"
    assert unsigned(form_of(page.post())) == without_signatures(FIELDS, FULL) | {
        "story": "just typed",
        "goals": [FULL["goals"][0], FULL["goals"][1] | {"goal": "and this"}],
    }


def test_a_row_is_taken_out_and_the_others_move_up():
    form = press("_op=remove:goals:0", **{"f-goals-1-goal": "just typed"})
    assert [row["goal"] for row in form.raw_answers()["goals"]] == ["just typed"]
    page = page_of(form)
    assert "autofocus" in page.element(value="add:goals"), "the focus stays with the list"
    assert page.element(name="f-goals-0-_id")["value"] == "0b0b0b02"
    assert form_of(page.post()).checked("draft").answers["goals"] == [FULL["goals"][1] | {"goal": "just typed"}]


def test_the_last_row_can_go_too():
    form = press("_op=remove:aims:0")
    assert "aims" not in form.raw_answers()
    assert "_op=add:aims" in page_of(form).buttons


def test_rows_within_rows_are_added_and_taken_out():
    form = press("_op=add:goals.0.steps")
    assert [step.get("step") for step in form.raw_answers()["goals"][0]["steps"]] == ["Ask", "Do", None]
    form = press("_op=remove:goals.0.steps:0")
    assert [step["step"] for step in form.raw_answers()["goals"][0]["steps"]] == ["Do"]
    assert len(form.raw_answers()["goals"][1].get("steps", [])) == 1, "the blank one on the page"


def test_numbers_with_gaps_name_the_rows_they_were_sent_for():
    """Browsers that took rows out themselves send the numbers that are left."""
    page = page_of(form_of())
    data = page.post("_op=remove:goals:7")
    for name in [name for name in data if name.startswith("f-goals-1-")]:
        data.setlist(name.replace("f-goals-1-", "f-goals-7-"), data.pop(name))
    assert [row["goal"] for row in form_of(data).raw_answers()["goals"]] == ["Lead a review"]


def gaps_of(form) -> list[str]:
    return [row["gap"] for row in form.raw_answers()["gaps"] if row.get("gap")]


@pytest.mark.covers("cal.sys.41")
def test_the_handbooks_suggestions_are_put_in_as_answers_that_may_be_changed():
    form = press("_op=suggest:gaps:1", answers={})
    assert gaps_of(form) == ["We forget"]
    assert len(form.raw_answers()["gaps"]) == 3, "it stands in the first of the three blank rows"
    assert "2 suggestions from the handbook" in html_of(form)
    assert "We forget</span> <button" not in html_of(form), "what is in is not offered again"
    assert not any(row.get("_example") for row in form.raw_answers()["gaps"])
    every = press("_op=suggest:gaps:all", form, answers={}, **{"f-gaps-0-gap": "We forget, sometimes"})
    assert gaps_of(every) == ["We forget, sometimes", "We are late", "We forget", "We talk too much"]
    assert "suggestions from the handbook" not in html_of(every)
    assert form_of(page_of(every).post()).checked("draft").answers["gaps"][1]["action"] == "Begin earlier"


def test_suggestions_never_make_more_rows_than_the_worksheet_allows():
    full = {"gaps": [{"_id": f"0000000{n}", "gap": f"Our own {n}"} for n in range(1, 4)]}
    form = press("_op=suggest:gaps:all", answers=full)
    assert gaps_of(form) == ["Our own 1", "Our own 2", "Our own 3", "We are late"]
    unknown = page_of(form_of(answers=full)).post()
    unknown["_op"] = "suggest:gaps:9"
    assert gaps_of(form_of(unknown)) == ["Our own 1", "Our own 2", "Our own 3"]


def test_a_suggestion_says_an_options_words_and_not_its_key():
    columns = [FieldShape(key="sort", kind="choice", label="Sort", options=[{"key": "time_", "label": "Time"}])]
    shape = FieldShape(
        key="rules", kind="table", label="Rules", columns=columns, suggestions=[{"values": {"sort": "time_"}}]
    )
    assert open_suggestions(shape, []) == [(0, "Time")]


def test_a_fixed_row_says_its_help():
    assert "Twelve months from now." in html_of(form_of())


@pytest.mark.covers("plp.sys.52")
def test_examples_are_put_in_one_by_one_marked_and_never_count():
    first = press("_op=example:gaps", answers={})
    assert [row.get("gap") for row in first.raw_answers()["gaps"] if row.get("_example")] == [
        "I have not reviewed a water chapter alone"
    ]
    assert "Example, does not count" in html_of(first)
    second = press("_op=example:gaps", first, answers={})
    third = press("_op=example:gaps", second, answers={})
    examples = [row for row in third.raw_answers()["gaps"] if row.get("_example")]
    assert [row.get("gap", "")[:9] for row in examples] == ["I have no", "I am unsu", ""], "the third is one's own"
    assert "gaps" in third.checked("submit").faults


@pytest.mark.parametrize("stored", [False, True])
def test_an_example_that_somebody_changes_is_an_answer_from_then_on(stored):
    """Nobody writes into an example and finds later that it did not count. Left as it was, it stays an example."""
    first = press("_op=example:gaps", answers={})
    kept = first.raw_answers() if stored else {}
    data = page_of(first).post("")
    assert [row.get("_example") for row in form_of(data, answers=kept).raw_answers()["gaps"] if row.get("gap")] == [
        True
    ]
    [name] = [key for key in data if key.startswith("f-gaps-") and key.endswith("-gap") and data[key]]
    data[name] = "I have not judged a survey alone"
    changed = form_of(data, answers=kept)
    [row] = [row for row in changed.raw_answers()["gaps"] if row.get("gap")]
    assert (row["gap"], row.get("_example")) == ("I have not judged a survey alone", None)
    assert "gaps" not in changed.checked("draft").faults


def test_an_example_changed_by_a_sign_alone_is_an_answer_too():
    """What stands on the page is compared, not its letters: nobody's question mark is taken for the handbook's words."""
    first = press("_op=example:gaps", answers={})
    data = page_of(first).post("")
    [name] = [key for key in data if key.startswith("f-gaps-") and key.endswith("-gap") and data[key]]
    data[name] = f"{data[name]}?"
    [row] = [row for row in form_of(data, answers={}).raw_answers()["gaps"] if row.get("gap")]
    assert (row["gap"], row.get("_example")) == ("I have not reviewed a water chapter alone?", None)


def test_a_fresh_page_offers_the_rows_the_worksheet_starts_with():
    page = page_of(form_of(answers={}))
    names = [name for name, _value in page.sent]
    assert [f"f-gaps-{number}-gap" in names for number in range(4)] == [True, True, True, False]
    assert "f-goals-0-steps-0-step" in names
    assert [name for name in names if name.startswith("f-horizon")] == ["f-horizon-y1-where", "f-horizon-y5-where"]


def test_fixed_rows_have_no_buttons():
    assert not [button for button in page_of(form_of()).buttons if "horizon" in button]


def test_row_names_stay_through_saving():
    """What the page sends twice stays the same rows, so that a save repeated doubles nothing."""
    page = page_of(form_of(answers={}))
    data = page.post(**{"f-gaps-1-gap": "a gap"})
    assert form_of(data, {}).checked("draft").answers == form_of(data, {}).checked("draft").answers
    name = form_of(data, {}).checked("draft").answers["gaps"][0]["_id"]
    assert name == page.element(name="f-gaps-1-_id")["value"]


# --- Conditions -----------------------------------------------------------------------------------------------------


def test_the_server_hides_what_is_not_asked_and_keeps_what_it_holds():
    page = page_of(form_of(page_of(form_of()).post(**{"f-sure": "5"})))
    wrapper = page.element(id="q-f-explain")
    assert "hidden" in wrapper
    assert wrapper["data-show-if"] == "f-sure"
    assert wrapper["data-show-in"] == '["1", "2"]'
    assert ("f-explain", "It is new") in page.sent
    shown = page_of(form_of(page_of(form_of()).post(**{"f-sure": "1"})))
    assert "hidden" not in shown.element(id="q-f-explain")


def test_a_section_of_which_nothing_is_asked_is_hidden_whole():
    asks = {"key": "a", "kind": "text", "label": "A"}
    hangs = {"key": "b", "kind": "text", "label": "B", "show_if": {"field": "a", "filled": True}}
    both = sheet(asks).model_copy(deep=True)
    both.sections.append(sheet(hangs).sections[0].model_copy(update={"key": "more", "title": "More"}))
    assert "hidden" in page_of(form_of(answers={}, worksheet=both)).element(id="s-more")
    assert "hidden" not in page_of(form_of(answers={"a": "x"}, worksheet=both)).element(id="s-more")


def test_without_javascript_a_button_asks_the_server_what_follows():
    buttons = page_of(form_of(answers={})).buttons
    assert buttons.count("_do=save") == 1 + 5, "the form's first, and one for each question on which another hangs"


def test_conditions_within_rows_name_their_own_row():
    wrapper = page_of(form_of()).element(id="q-f-goals-1-proof")
    assert wrapper["data-show-if"] == "f-goals-1-state"
    assert "hidden" in wrapper


def test_the_words_of_an_other_can_be_typed_without_javascript():
    page = page_of(form_of(answers={}))
    assert "hidden" not in page.element(data_show_if="f-model", data_show_in='["other"]')


# --- Hands ----------------------------------------------------------------------------------------------------------


def signed(answers: dict[str, Any], **changes: Any):
    page = page_of(form_of(None, answers))
    return form_of(page.post(**changes), answers).checked("draft").answers


def test_signing_takes_name_and_tick():
    assert signed({}, **{"f-sign-name": "ʻAna", "f-sign-agree": "on"})["sign"] == {
        "name": "ʻAna",
        "at": "2026-11-22T02:03:04Z",
        "by": ANA,
    }
    assert signed({}, **{"f-sign-name": "ʻAna"})["sign"] == {"_raw": {"name": "ʻAna", "agree": False}}


def test_a_signature_stands_until_its_signer_takes_it_back_or_changes_it():
    assert signed(FULL)["sign"] == FULL["sign"]
    assert "by" not in signed(FULL, **{"f-sign-agree": None})["sign"]
    assert "sign" not in signed(FULL, **{"f-sign-agree": None, "f-sign-name": ""})
    assert signed(FULL, **{"f-sign-name": "A. Tuʻi"})["sign"]["at"] == "2026-11-22T02:03:04Z"


def test_nobody_gives_changes_or_takes_back_anothers_signature():
    page = page_of(form_of())
    assert not [name for name, _value in page.sent if name.startswith("f-countersign")]
    forged = {"f-countersign-name": "Mallory", "f-countersign-agree": "on", "f-countersign-by": HELEN}
    assert signed(FULL, **forged)["countersign"] == HELENS_SIGNATURE
    assert signed(FULL, **{"f-countersign-name": ""})["countersign"] == HELENS_SIGNATURE
    assert "by" not in signed({}, **forged)["countersign"]


# --- Files ----------------------------------------------------------------------------------------------------------


def upload(name: str = "plan.pdf", **rest: Any) -> WorksheetForm:
    files = {"f-letter": SimpleUploadedFile(name, b"%PDF-1.7")}
    data = page_of(form_of(answers={})).post()
    keep = rest.pop("keep_file", lambda file, shape: {"name": file.name, "id": f"new-{shape.key}", "size": file.size})
    return form_of(data, rest.pop("answers", {}), files=files, keep_file=keep)


def test_a_file_is_kept_and_named_in_the_answers():
    assert upload().checked("submit").answers["letter"] == {"name": "plan.pdf", "id": "new-letter", "size": 8}


def test_a_file_of_a_wrong_kind_is_refused_and_the_old_one_stays():
    form = upload("run.exe", answers={"letter": A_FILE})
    result = form.checked("draft")
    assert "pdf, docx" in result.faults["letter"]
    assert result.answers["letter"] == A_FILE


def test_what_the_keeper_says_against_a_file_is_told():
    def refuse(_file: Any, _shape: Any) -> dict[str, Any]:
        raise AnswerFault("This file is empty.")

    assert upload(keep_file=refuse).checked("draft").faults["letter"] == "This file is empty."
    assert upload(keep_file=None).checked("draft").faults["letter"] == "Files cannot be added here."


def test_a_kept_file_stays_until_it_is_taken_out_and_its_id_never_comes_from_the_page():
    page = page_of(form_of())
    assert "file-1" not in html_of(form_of())
    assert form_of(page.post()).checked("draft").answers["letter"] == A_FILE
    assert "letter" not in form_of(page.post(**{"f-letter-remove": "on"})).checked("draft").answers
    forged = {"f-letter": "file-2", "f-letter-id": "file-2"}
    assert form_of(page.post(**forged)).checked("draft").answers["letter"] == A_FILE


def test_a_kept_file_has_its_address():
    html = html_of(form_of(file_address=lambda file: f"/files/{file['id']}"))
    assert 'href="/files/file-1"' in html


# --- Around ---------------------------------------------------------------------------------------------------------


def test_a_post_cut_short_erases_nothing():
    """A page or a post that broke off on a bad line sends some fields only: the others keep what they held."""
    result = form_of({"f-story": "new words"})
    assert unsigned(result) == without_signatures(FIELDS, FULL) | {"story": "new words"}
    assert unsigned(form_of({"f-story": "new words", "_end": "1"})) == {"story": "new words", "letter": A_FILE}


def test_first_answers_stand_in_a_fresh_form_only():
    assert ("f-post", "Environment officer") in page_of(form_of(answers=None)).sent
    assert ("f-post", "") in page_of(form_of(answers={})).sent


def test_a_form_is_valid_when_it_could_be_sent():
    assert form_of(page_of(form_of()).post()).is_valid()
    assert not form_of(page_of(form_of(answers={})).post(), {}).is_valid()
    assert not form_of().is_valid(), "nothing was sent"


def test_long_lists_of_options_are_lists():
    many = [{"key": f"o{number}", "label": f"Option {number}"} for number in range(9)]
    one = sheet({"key": "a", "kind": "choice", "label": "A", "options": many})
    assert "<select" in html_of(form_of(answers={}, worksheet=one))
    few = sheet({"key": "a", "kind": "choice", "label": "A", "options": many[:8]})
    assert "<select" not in html_of(form_of(answers={}, worksheet=few))


def test_a_choice_without_options_says_so():
    assert "nothing to choose from" in html_of(
        form_of(answers={}, worksheet=sheet(field("partner")), context=someone(options={}))
    )


def test_the_key_of_kept_drafts_belongs_to_one_person_and_one_response():
    assert draft_key(1, 2) == draft_key(1, 2)
    assert len({draft_key(1, 2), draft_key(2, 1), draft_key(1, 3), draft_key(12, ""), draft_id(1, 2)}) == 5
    html = html_of(form_of())
    assert draft_key(ANA, "r") in html
