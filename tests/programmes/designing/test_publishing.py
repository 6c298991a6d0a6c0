"""Checking a draft, telling what changes for whom, publishing it, moving drafts, and going back."""

import datetime as dt

import pytest

from mentoring import clock
from mentoring.history.models import Event
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import do_due
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.planning import plan_outputs
from pairs.domain.replanning import REPLANNING
from pairs.models import Output, Pairing
from programmes.domain.designing.changes import changes_between
from programmes.models import HandbookEdit, WorksheetDraft
from templates_app.answers import join
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kits import kit_of, whole_kit
from templates_app.domain.moving_drafts import MOVING, QUIET, earlier_sections
from templates_app.domain.responses import answers_of, plain_context, save_draft, submit_response
from templates_app.models import EarlierAnswers, Handbook, Response, TemplateVersion
from tests.programmes.conftest import words
from tests.programmes.designing.conftest import fields_of
from tests.templates_app.paper_browser import Page

pytestmark = pytest.mark.django_db

FIRST = {
    "title": "Halfway", "opens_anchor": "pairing", "due_anchor": "cohort-end", "required": "on",
    "opens_days": "1",
}  # fmt: skip


@pytest.fixture
def sheet(designer):
    """A published worksheet of three questions that a mentee fills in."""
    designer.begin()
    for label in ("One", "Two", "Three"):
        designer.add("text", label)
    designer.publish()
    return designer


def output_of(designer, **which) -> Output:
    return Output.objects.select_related("response__version", "member").get(
        worksheet=designer.key, pairing=designer.company.pairing, **which
    )


@pytest.fixture
def begun(sheet):
    """The same with a moment, planned in both pairs, and begun by the first mentee."""
    sheet.open(sheet.key).client.post(sheet.url("moments/new/"), FIRST)
    sheet.publish()
    company = sheet.company
    with tenant_scope(company.organisation):
        for pairing in Pairing.objects.filter(cohort=company.cohort).select_related("cohort__programme__handbook"):
            plan_outputs(pairing)
        output = Output.objects.select_related("pairing__cohort__programme__handbook", "member").get(
            pairing=company.pairing, worksheet=sheet.key
        )
        response = begin_response(output=output, actor=company.mentee, people=people_of(output.pairing))
        save_draft(
            response=response,
            actor=company.mentee,
            answers={"one": "First", "two": "Second", "three": "Third"},
            revision=0,
        )
    return sheet


def work(at=None) -> None:
    for kind in (REPLANNING, MOVING):
        do_due(at or clock.now(), kind=kind)


# --- Checked --------------------------------------------------------------------------------------------------------


def test_a_draft_with_faults_is_not_published_and_each_fault_leads_to_its_question(sheet):
    sheet.open(sheet.key)
    sheet.add("choice", "How", "By phone")
    sheet.change("how", do="options:remove:0")
    sheet.add("signature", "Sign here")
    sheet.change("sign_here", signer="")
    page = words(sheet.client.get(sheet.url("publish/")))
    assert "Add at least one answer to choose." in page
    assert "Say who signs." in page
    assert sheet.url("questions/how/") in page
    assert "Publish the next version" not in page
    form = {"revision": sheet.draft.revision, "against": 1}
    answer = words(sheet.client.post(sheet.url("publish/"), form, follow=True))
    assert "There is something to put right first" in answer
    assert sheet.version.number == 1


def test_a_condition_that_lost_its_question_is_found_by_the_checks_of_kits(sheet):
    sheet.open(sheet.key).change("one", show_field="two")
    sheet.do("hide:two")
    page = words(sheet.client.get(sheet.url("publish/")))
    assert "There is no other field" in page
    assert sheet.url("questions/one/") in page


def test_what_matching_compares_cannot_be_taken_out_unseen(designer):
    designer.open("mentee-profile" if False else _profile(designer))
    with tenant_scope(designer.company.organisation):
        from templates_app.domain.kits import kit_of

        criterion = kit_of(designer.company.programme.handbook).matching.criteria[0]
    designer.do(f"remove:{criterion.mentee_field}")
    page = words(designer.client.get(designer.url("publish/")))
    assert "Matching" in page
    assert f"asks no field &#x27;{criterion.mentee_field}&#x27;" in page


def _profile(designer) -> str:
    with tenant_scope(designer.company.organisation):
        return designer.company.programme.handbook.content["joining"]["enrolment"]["mentee"]


def test_a_worksheet_that_asks_nothing_is_not_published(designer):
    designer.begin()
    assert "It asks nothing yet" in words(designer.client.get(designer.url("publish/")))


def test_every_worksheet_of_the_kit_can_be_opened_and_published_unchanged_as_nothing_new(designer):
    with tenant_scope(designer.company.organisation):
        keys = list(
            designer.company.programme.handbook.templates.exclude(key="agreement").values_list("key", flat=True)
        )
    assert keys
    for key in keys[:4]:
        page = words(designer.open(key).client.get(designer.url("publish/")))
        assert "Nothing differs from the version that holds." in page
        assert "To be put right first" not in page


# --- What changes -----------------------------------------------------------------------------------------------------


def test_what_changes_is_told_question_by_question_before_it_is_published(begun):
    begun.open(begun.key)
    begun.add("scale", "How well", "Poor\nGood")
    begun.do("remove:one")
    begun.do("hide:two")
    begun.change("three", label="The third", need="must")
    begun.facts(preset="private")
    base = Page(words(begun.client.get(begun.url("questions/three/kind/")))).post()["base"]
    begun.client.post(begun.url("questions/three/kind/"), {"kind": "longtext", "base": base})
    page = words(begun.client.get(begun.url("publish/")))
    for told in (
        "New: “How well” (Scale).", "“One” is taken out.", "“Two” is asked no more.", "“Three” now reads “The third”.",
        "“The third” must be answered from now on.", "was “One line” and is “Several lines”", "Who reads it",
        "keep the readers that were told", "is begun and not sent yet", "keep the version they were begun on",
    ):  # fmt: skip
        assert told in page, told


EVERY_SESSION = {
    "title": "Each time", "opens_anchor": "session-end", "opens_session": "1", "required": "on",
    "every_unit": "sessions", "every_count": "1",
}  # fmt: skip


def test_where_a_question_comes_from_is_no_change(sheet):
    """The first version is written down by the kit's files, later ones by the designer: only one of them marks what is ours."""
    asked = sheet.version.definition
    fields = [{**field, "ours": True} for field in asked["sections"][0]["fields"]]
    fields[0]["label"] = "Another question"
    before = {**asked, "sections": [{**asked["sections"][0], "fields": _unmarked(asked)}]}
    after = {**asked, "sections": [{**asked["sections"][0], "fields": fields}]}
    assert [line.words for line in changes_between(before, after).questions] == ["“One” now reads “Another question”."]


def _unmarked(definition):
    return [
        {k: v for k, v in field.items() if k not in {"ours", "source"}} for field in definition["sections"][0]["fields"]
    ]


def test_a_sheet_that_is_owed_twice_at_a_session_is_told_before_it_is_published(sheet):
    sheet.open(sheet.key)
    sheet.client.post(sheet.url("moments/new/"), EVERY_SESSION)
    assert "owed twice" not in words(sheet.client.get(sheet.url("publish/")))
    own = {"title": "After the second", "opens_anchor": "session-end", "opens_session": "2", "required": "on"}
    sheet.client.post(sheet.url("moments/new/"), own)
    told = "It is owed twice at session 2: by “Each time” and by “After the second”."
    assert told in words(sheet.client.get(sheet.url("publish/")))
    sheet.publish()
    sheet.open(sheet.key).facts(title="Another title")
    assert "owed twice" not in words(sheet.client.get(sheet.url("publish/"))), "no change of this draft"


def test_what_is_only_offered_is_owed_by_nobody_twice(sheet):
    sheet.open(sheet.key)
    sheet.client.post(sheet.url("moments/new/"), EVERY_SESSION)
    offered = {"title": "After the second", "opens_anchor": "session-end", "opens_session": "2"}
    sheet.client.post(sheet.url("moments/new/"), offered)
    assert "owed twice" not in words(sheet.client.get(sheet.url("publish/")))


def test_new_moments_are_told_with_how_many_sheets_they_make_and_then_made(sheet):
    company = sheet.company
    with tenant_scope(company.organisation):
        for pairing in Pairing.objects.filter(cohort=company.cohort).select_related("cohort__programme__handbook"):
            plan_outputs(pairing)
    sheet.open(sheet.key).client.post(sheet.url("moments/new/"), FIRST)
    past = {**FIRST, "title": "Long ago", "due_anchor": "cohort-start"}
    sheet.client.post(sheet.url("moments/new/"), past)
    page = words(sheet.client.get(sheet.url("publish/")))
    assert "up to 2 new sheets in 2 running pairs" in page
    sheet.publish()
    work()
    with tenant_scope(company.organisation):
        made = Output.objects.filter(worksheet=sheet.key)
        assert sorted(made.values_list("moment", flat=True)) == ["halfway", "halfway"], (
            "nobody is late with the past one"
        )
        assert not made.filter(due_at=None).exists(), "their dates are worked out"
    work()
    with tenant_scope(company.organisation):
        assert Output.objects.filter(worksheet=sheet.key).count() == 2, "planning again changes nothing"


def test_a_moment_that_goes_withdraws_what_nobody_has_begun_and_comes_back_with_undo(begun):
    begun.open(begun.key).do("moment-remove:halfway")
    page = words(begun.client.get(begun.url("publish/")))
    assert "Not begun and withdrawn: 1; begun, which may still be finished: 1" in page
    begun.publish()
    work()
    with tenant_scope(begun.company.organisation):
        rows = Output.objects.filter(worksheet=begun.key)
        assert {(row.response_id is None, row.cancelled_at is None) for row in rows} == {(True, False), (False, True)}
    page = begun.client.get(begun.url("versions/2/"))
    begun.client.post(begun.url("versions/2/"), fields_of(page))
    work()
    with tenant_scope(begun.company.organisation):
        assert not Output.objects.filter(worksheet=begun.key).exclude(cancelled_at=None).exists()
        assert Output.objects.filter(worksheet=begun.key).count() == 2


def test_publishing_makes_an_immutable_version_and_is_recorded_with_who(begun):
    begun.open(begun.key).change("one", label="The first")
    page = words(begun.publish())
    assert "Version 3 holds from now on." in page
    with tenant_scope(begun.company.organisation):
        versions = TemplateVersion.objects.filter(template__key=begun.key).order_by("number")
        assert [row.number for row in versions] == [1, 2, 3]
        assert versions[2].published_by == begun.company.coordinator
        assert not WorksheetDraft.objects.exists()
        event = Event.objects.filter(action="worksheet.published").order_by("-pk").last()
        assert event is not None
    assert "Reef" in words(begun.client.get(begun.url("versions/")))


@pytest.mark.covers("sssc.must.59", "phase1.must.40")
def test_why_it_was_changed_stands_with_the_version_its_day_and_who(designer):
    designer.open("evaluation").add("text", "What should stay as it is?", container=first_section(designer))
    designer.publish(reason="The steering group asked for it.")
    assert "What should stay as it is?" in [field.label for field in designer.sheet.fields()]
    assert designer.version.reason == "The steering group asked for it."
    page = words(designer.client.get(designer.url("versions/")))
    assert "The steering group asked for it." in page
    assert "Coordinator Reef" in page
    assert f'datetime="{designer.version.published_at:%Y-%m-%dT}' in page


def test_an_evaluation_becomes_anonymous_and_so_does_the_survey_that_asks_for_it(designer):
    designer.open("evaluation").facts(preset="anonymous", consent="")
    page = designer.client.get(designer.url("publish/"))
    assert "Its surveys are asked without names from now on." in words(page)
    assert "Version 2 holds from now on." in words(designer.publish())
    with tenant_scope(designer.company.organisation):
        handbook = Handbook.objects.get(pk=designer.company.programme.handbook_id)
        assert [one.anonymous for one in kit_of(handbook).surveys if one.worksheet == "evaluation"] == [True]
        assert check_kit(whole_kit(handbook)) == []
        assert HandbookEdit.objects.filter(part="surveys").count() == 1


def test_an_anonymous_sheet_that_no_survey_asks_for_says_in_which_order_it_is_done(designer):
    designer.begin(filled_by="each").facts(preset="anonymous")
    designer.add("scale", "Was it good?")
    assert "add it under “Surveys”" in words(designer.client.get(designer.url("publish/")))


def test_a_draft_says_that_the_coordinator_reads_with_consent_alone(designer):
    designer.open("learning-log")
    assert "the coordinator only with consent" in words(designer.client.get(designer.url()))


def first_section(designer) -> str:
    return f"section:{designer.draft.definition['sections'][0]['key']}"


def test_a_renamed_sheet_renames_what_is_still_owed(begun):
    begun.open(begun.key).facts(title="Another name")
    begun.publish()
    with tenant_scope(begun.company.organisation):
        assert set(Output.objects.filter(worksheet=begun.key).values_list("title", flat=True)) == {"Another name"}


# --- Sheets that are there --------------------------------------------------------------------------------------------


def test_what_is_begun_keeps_its_version_unless_somebody_says_otherwise(begun):
    begun.open(begun.key).do("remove:one")
    begun.publish()
    work(clock.now() + 2 * QUIET)
    with tenant_scope(begun.company.organisation):
        response = output_of(begun).response
        assert response.version.number == 2
        assert answers_of(response) == {"one": "First", "two": "Second", "three": "Third"}


@pytest.mark.covers("cal.sys.35")
def test_drafts_move_with_every_answer_that_has_a_place_and_nothing_is_lost(begun):
    begun.open(begun.key).do("remove:one")
    base = Page(words(begun.client.get(begun.url("questions/two/kind/")))).post()["base"]
    begun.client.post(begun.url("questions/two/kind/"), {"kind": "date", "base": base})
    begun.add("text", "Four")
    begun.publish(drafts="move")
    work()
    with tenant_scope(begun.company.organisation):
        assert output_of(begun).response.version.number == 2, "it may be open on somebody's screen"
    work(clock.now() + 2 * QUIET)
    with tenant_scope(begun.company.organisation):
        response = output_of(begun).response
        assert response.version.number == 3
        assert answers_of(response) == {"three": "Third"}
        kept = EarlierAnswers.objects.get(response=response)
        assert join(kept.facts, kept.texts) == {"one": "First", "two": "Second"}, "what has no place, and no more"
        (section,) = earlier_sections(response, plain_context(begun.company.mentee))
        assert [(answer.label, answer.shown.text) for answer in section.answers] == [
            ("One", "First"),
            ("Two", "Second"),
        ]


def test_going_back_brings_back_what_had_no_place_meanwhile(begun):
    begun.open(begun.key).do("remove:one")
    begun.publish(drafts="move")
    work(clock.now() + 2 * QUIET)
    with tenant_scope(begun.company.organisation):
        response = output_of(begun).response
        assert answers_of(response) == {"two": "Second", "three": "Third"}
        save_draft(response=response, actor=begun.company.mentee, answers={"two": "Newer"}, revision=response.revision)
    page = begun.client.get(begun.url("versions/2/"))
    begun.client.post(begun.url("versions/2/"), fields_of(page) | {"drafts": "move"})
    work(clock.now() + 4 * QUIET)
    with tenant_scope(begun.company.organisation):
        response = output_of(begun).response
        assert response.version.number == 4
        assert answers_of(response) == {"one": "First", "two": "Newer"}, "as it was written last"
        assert (response.has_earlier, EarlierAnswers.objects.count()) == (False, 0)


def test_the_writer_sees_what_has_no_place_any_more_and_nobody_else_does(begun, sign_in):
    begun.open(begun.key).do("remove:one")
    begun.publish(drafts="move")
    work(clock.now() + 2 * QUIET)
    with tenant_scope(begun.company.organisation):
        output = output_of(begun)
    page = words(sign_in(begun.company.mentee).get(begun.company.url(f"outputs/{output.pk}/")))
    assert "What is not asked any more" in page
    assert "First" in page


def test_what_was_sent_stays_with_its_version_also_when_drafts_move(begun):
    with tenant_scope(begun.company.organisation):
        response = output_of(begun).response
        submit_response(
            response=response, actor=begun.company.mentee, answers=answers_of(response), revision=response.revision,
            context=plain_context(begun.company.mentee),
        )  # fmt: skip
    begun.open(begun.key).do("remove:one")
    page = words(begun.client.get(begun.url("publish/")))
    assert "1 sheet is sent." in page
    begun.publish(drafts="move")
    work(clock.now() + 2 * QUIET)
    with tenant_scope(begun.company.organisation):
        sent = Response.objects.select_related("version").get(pk=response.pk)
        assert sent.version.number == 2
        assert answers_of(sent)["one"] == "First"


def test_a_save_that_comes_after_the_move_is_set_aside_whole_and_overwrites_nothing(begun):
    with tenant_scope(begun.company.organisation):
        before = output_of(begun).response
    begun.open(begun.key).do("remove:one")
    begun.publish(drafts="move")
    work(clock.now() + 2 * QUIET)
    with tenant_scope(begun.company.organisation):
        from templates_app.domain.responses import StaleSave

        response = Response.objects.select_related("version").get(pk=before.pk)
        with pytest.raises(StaleSave) as late:
            save_draft(
                response=response, actor=begun.company.mentee, answers={"two": "Changed"}, revision=before.revision
            )
        assert answers_of(late.value.side_draft) == {"two": "Changed"}
        assert answers_of(Response.objects.select_related("version").get(pk=before.pk))["two"] == "Second"


# --- Back, and two at once --------------------------------------------------------------------------------------------


def test_undo_publishes_an_earlier_version_as_the_next_one(sheet):
    sheet.open(sheet.key).do("remove:one")
    sheet.publish()
    assert "Go back to this" in words(sheet.client.get(sheet.url("versions/")))
    page = sheet.client.get(sheet.url("versions/1/"))
    assert "New: “One” (One line)." in words(page)
    answer = sheet.client.post(sheet.url("versions/1/"), fields_of(page), follow=True)
    assert "Version 3 holds from now on." in words(answer)
    assert [field.key for field in sheet.sheet.fields()] == ["one", "two", "three"]


def test_of_two_on_one_question_the_second_is_told_and_loses_nothing(sheet, other_designer):
    sheet.open(sheet.key)
    other_designer.key = sheet.key
    mine = fields_of(sheet.client.get(sheet.url("questions/one/")), 0)
    other_designer.change("one", label="Theirs")
    answer = sheet.client.post(sheet.url("questions/one/"), mine | {"label": "Mine"})
    page = words(answer)
    assert "Sina Second changed this while you were writing" in page
    assert 'value="Mine"' in page
    assert sheet.field("one")["label"] == "Theirs"
    again = fields_of(answer, 0)
    assert sheet.client.post(sheet.url("questions/one/"), again).status_code == 302
    assert sheet.field("one")["label"] == "Mine"


def test_two_on_different_questions_are_not_in_each_others_way(sheet, other_designer):
    sheet.open(sheet.key)
    other_designer.key = sheet.key
    mine = fields_of(sheet.client.get(sheet.url("questions/one/")), 0)
    other_designer.change("two", label="Theirs")
    assert sheet.client.post(sheet.url("questions/one/"), mine | {"label": "Mine"}).status_code == 302
    assert (sheet.field("one")["label"], sheet.field("two")["label"]) == ("Mine", "Theirs")


def test_what_changed_since_it_was_shown_is_not_published_unseen(sheet, other_designer):
    sheet.open(sheet.key).do("remove:one")
    shown = fields_of(sheet.client.get(sheet.url("publish/")))
    other_designer.key = sheet.key
    other_designer.do("remove:two")
    assert "Sina Second has changed this draft meanwhile" in words(
        sheet.client.post(sheet.url("publish/"), shown, follow=True)
    )
    assert sheet.version.number == 1
    other_designer.publish()
    assert sheet.client.post(sheet.url("publish/"), shown).status_code == 404, "the draft is published"
    assert "This draft was published or dropped" in words(sheet.do("up:three", follow=True))


def test_a_version_that_was_overtaken_is_not_published_unseen(sheet):
    sheet.open(sheet.key).do("remove:one")
    sheet.publish()
    back = fields_of(sheet.client.get(sheet.url("versions/1/")))
    sheet.open(sheet.key).do("remove:two")
    sheet.publish()
    assert "Another version was published meanwhile" in words(
        sheet.client.post(sheet.url("versions/1/"), back, follow=True)
    )
    assert sheet.version.number == 3


def test_a_draft_with_somebody_elses_change_is_not_dropped_unseen(sheet, other_designer):
    sheet.open(sheet.key)
    revision = sheet.draft.revision
    other_designer.key = sheet.key
    other_designer.do("remove:two")
    answer = sheet.client.post(sheet.url("drop/"), {"revision": revision}, follow=True)
    assert "Sina Second has changed this draft meanwhile" in words(answer)
    with tenant_scope(sheet.company.organisation):
        assert WorksheetDraft.objects.exists()


def test_a_question_that_is_gone_meanwhile_is_told(sheet, other_designer):
    sheet.open(sheet.key)
    other_designer.key = sheet.key
    other_designer.do("remove:one")
    assert "somebody else has changed this worksheet" in words(sheet.do("up:one", follow=True))
    assert sheet.client.get(sheet.url("questions/one/")).status_code == 404


def test_moving_waits_for_what_is_not_settled(begun):
    with tenant_scope(begun.company.organisation):
        from templates_app.models import SideDraft

        response = output_of(begun).response
        SideDraft.objects.create(
            response=response, author=begun.company.mentee, base_revision=0, texts={"one": "Other"}
        )
    begun.open(begun.key).do("remove:one")
    begun.publish(drafts="move")
    later = clock.now() + dt.timedelta(hours=2)
    work(later)
    with tenant_scope(begun.company.organisation):
        assert output_of(begun).response.version.number == 2
        SideDraft.objects.update(settled_at=later)
    work(later + dt.timedelta(hours=2))
    with tenant_scope(begun.company.organisation):
        assert output_of(begun).response.version.number == 3
