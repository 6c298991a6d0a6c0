"""Filling in worksheets the way the pages do, for tests that need written sheets."""

from typing import Any

from mentoring.accounts.models import User
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.people import people_of
from pairs.domain.queries import get_output_for
from pairs.enums import Right
from pairs.models import Output, Pairing
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.domain.responses import answers_of, reopen_response, save_draft, submit_response
from templates_app.models import TemplateVersion
from templates_app.shapes import Kind

LOG = {
    "issues": "CANARY-ISSUES",
    "objectives": "CANARY-OBJECTIVES",
    "followup": [{"_id": "aaaa0001", "action": "CANARY-ACTION", "owner": "mentee"}],
}
GOAL = {"_id": "bbbb0001", "action": "Lead a review", "result": "I can do it alone", "measure": "It is accepted"}


def write(output: Output, actor: User, answers: dict[str, Any]) -> Output:
    """Begin and save a draft."""
    output = Output.objects.select_related("response__version").get(pk=output.pk)
    begin_response(output=output, actor=actor, people=people_of(output.pairing))
    owner = owner_for_reader(output, actor)
    response = owner.response
    merged = {**answers_of(response), **answers}
    save_draft(response=response, actor=actor, answers=merged, revision=response.revision, context=owner.context)
    return Output.objects.get(pk=output.pk)


def send(output: Output, actor: User, answers: dict[str, Any]) -> Output:
    """Fill in and send."""
    output = Output.objects.select_related("response__version").get(pk=output.pk)
    begin_response(output=output, actor=actor, people=people_of(output.pairing))
    owner = owner_for_reader(output, actor)
    response = owner.response
    submit_response(
        response=response,
        actor=actor,
        answers={**answers_of(response), **answers},
        revision=response.revision,
        context=owner.context,
        then=owner.on_submitted,
    )
    return Output.objects.select_related("response__version", "session").get(pk=output.pk)


def take_up(output: Output, actor: User) -> Output:
    """Reopen what was sent."""
    owner = owner_for_reader(output, actor)
    reopen_response(response=owner.response, actor=actor, then=owner.on_reopened)
    return Output.objects.select_related("response__version", "session").get(pk=output.pk)


def owner_for_reader(output: Output, actor: User):
    """The output's sheet as this person meets it."""
    found, reader = get_output_for(actor, output.pk, Right.READ)
    return owner_of(found, reader)


def whole_checklist(output: Output, note: str = "agreed: {label}") -> dict[str, Any]:
    """Every line of a checklist worksheet ticked, with a note where there is room for one."""
    sheet = worksheet_of(output.response.version) if output.response else None
    if sheet is None:
        handbook = output.pairing.cohort.programme.handbook
        sheet = worksheet_of(current_version(handbook, output.worksheet))
    return {
        field.key: {
            item.key: {"done": True} | ({"note": note.format(label=item.label)} if item.note != "none" else {})
            for item in field.items
        }
        for field in sheet.fields()
        if field.kind is Kind.CHECKLIST
    }


def change_sheet(pairing: Pairing, key: str, **changes: Any) -> None:
    """Publish the worksheet's next version in the pair's handbook, with other values at its top level."""
    before = current_version(pairing.cohort.programme.handbook, key)
    TemplateVersion.objects.create(
        template=before.template, number=before.number + 1, definition=before.definition | changes
    )
