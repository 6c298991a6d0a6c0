"""What a kit says of mentees who choose is looked over: nothing leads nowhere, and nothing private is shown."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kit_files.checking import check_kit
from templates_app.shapes import FieldShape, Kit, ShowIf, Worksheet


def said(change: Callable[[Kit], object], key: str = "caltrans") -> list[str]:
    """What the check says of a shipped kit after a change."""
    kit = shipped_kit(key).model_copy(deep=True)
    assert check_kit(kit) == []
    change(kit)
    return [problem.message for problem in check_kit(kit)]


def setter(path: str, **values: object) -> Callable[[Kit], None]:
    def change(kit: Kit) -> None:
        at: object = kit
        for step in path.split("."):
            at = getattr(at, step)
        for name, value in values.items():
            setattr(at, name, value)

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (setter("joining.directory", shows=["nothing"]), "asks no 'nothing'"),
        (setter("joining.directory", shows=["reports_to"], filters=[]), "not shown to mentees"),
        (setter("joining.directory", filters=["contacts"]), "offers no options"),
        (setter("joining.directory", shows=["career"], filters=["competencies"]), "does not stand in 'shows'"),
        (setter("joining.directory", closed_by=ShowIf(field="nothing", is_in=["x"])), "asks no 'nothing'"),
        (setter("joining.approval", worksheet="nothing"), "no worksheet 'nothing'"),
        (setter("joining.approval", worksheet="goals"), "filled_by: supervisor"),
        (setter("joining.approval", decision="comment"), "asks no choice 'comment'"),
        (setter("joining.approval", approves=["perhaps"]), "'perhaps' is no option"),
        (setter("joining.approval", decided_by="nobody"), "asks no 'nobody'"),
        (setter("joining.approval", article="nothing"), "no article 'nothing'"),
        (setter("joining.approval", address_from="nothing"), "asks no 'nothing'"),
        (setter("matching.request", worksheet="goals"), "belongs: request"),
        (setter("matching.request", carries=["nothing"]), "not asked both"),
        (setter("matching.request", confirms="coordinator"), "made both ways"),
        (setter("matching", mode="coordinator"), "or both ways"),
        (setter("matching", request=None), "say how they ask"),
        (setter("matching.request.talk", worksheet="goals"), "belongs: person"),
    ],
)
def test_what_leads_nowhere_is_said(change, words):
    assert any(words in message for message in said(change)), said(change)


def test_with_neither_a_list_nor_an_address_nobody_could_be_asked():
    messages = said(
        lambda kit: (setter("joining", directory=None)(kit), setter("matching.request", off_list=False)(kit))
    )
    assert any("Nobody could be asked" in message for message in messages)


@pytest.mark.parametrize(
    "values", [{"filled_by": "mentor"}, {"readers": {"preset": "coordinator"}}, {"repeats": True}], ids=str
)
def test_a_sheet_that_goes_with_a_request_is_the_mentee_s_for_the_two(values):
    sound = {
        "key": "letter", "title": "Letter", "filled_by": "mentee", "belongs": "request", "readers": {"preset": "pair"},
        "sections": [],
    }  # fmt: skip
    assert not Worksheet.model_validate(sound).is_at_will
    with pytest.raises(ValidationError):
        Worksheet.model_validate(sound | values)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (setter("matching", mode="both"), "for the mode 'coordinator'"),
        (setter("matching.consent", shows={"mentor": ["nothing"]}), "asks no 'nothing'"),
        (setter("matching.consent", shows={"mentee": ["skills"]}), "The joining sheet of the mentee asks no 'skills'"),
    ],
)
def test_where_both_sides_say_yes_what_each_sees_is_asked_and_may_be_seen(change, words):
    assert any(words in message for message in said(change, "sssc")), said(change, "sssc")


def test_what_is_sensitive_is_shown_to_nobody_who_may_be_matched():
    def change(kit: Kit) -> None:
        sheet = next(one for one in kit.worksheets if one.key == kit.joining.enrolment["mentee"])
        next(field for field in sheet.fields() if field.key == "needs").sensitive = True

    assert any("not shown to mentors" in message for message in said(change, "sssc"))


def test_only_a_choice_or_a_date_leads_back_to_a_sheet():
    FieldShape.model_validate({"key": "on", "kind": "date", "label": "When?", "meaning": "look-again"})
    with pytest.raises(ValidationError, match="rhythm of a choice"):
        FieldShape.model_validate({"key": "why", "kind": "text", "label": "Why?", "meaning": "look-again"})
