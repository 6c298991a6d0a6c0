"""Where mentees choose their mentors, or both sides say yes: what is shown, asked and approved is there, and may be."""

from collections.abc import Iterator

from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import FieldShape, Filler, Kind, Kit, Worksheet
from templates_app.shapes.people import Approval, Asking, BothSides, Directory

DIRECTORY: Loc = ("joining", "directory")
APPROVAL: Loc = ("joining", "approval")
REQUEST: Loc = ("matching", "request")
CONSENT: Loc = ("matching", "consent")


def check_choosing(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """A directory, an approval and requests that lead nowhere, or show what is nobody's business."""
    if kit.joining.directory is not None:
        yield from _directory(kit, kit.joining.directory)
    if kit.joining.approval is not None:
        yield from _approval(kit, kit.joining.approval)
    if kit.joining.volunteering is not None and kit.joining.candidates:
        loc = ("joining", "volunteering")
        yield Problem(loc, "Who volunteers takes part at once, and 'candidates: true' has people wait: choose one.")
    if kit.matching.consent is not None:
        yield from _consent(kit, kit.matching.consent)
    if kit.matching.request is not None:
        yield from _request(kit, kit.matching.request)
    elif kit.joining.directory is not None:
        yield Problem(DIRECTORY, "A list of mentors is for mentees who choose: say how they ask ('matching.request').")


def _directory(kit: Kit, directory: Directory) -> Iterator[Problem]:
    fields = _joining_fields(kit, "mentor")
    for index, key in enumerate(directory.shows):
        yield from _shown((*DIRECTORY, "shows", index), key, "mentor", fields)
    for index, key in enumerate(directory.filters):
        loc = (*DIRECTORY, "filters", index)
        if key not in directory.shows:
            yield Problem(loc, f"Filter only by what is shown: '{key}' does not stand in 'shows'.")
        elif key in fields and fields[key].kind not in {Kind.CHOICE, Kind.CHOICES}:
            yield Problem(loc, f"'{key}' offers no options to filter by.")
    yield from _searched(kit, directory)
    if directory.units is not None:
        field = fields.get(directory.units.field)
        if field is None or field.kind is not Kind.CHOICE or field.options_from != "partners":
            message = "Name a choice of the mentors' joining sheet with 'options_from: partners'."
            yield Problem((*DIRECTORY, "units", "field"), message)
    if directory.closed_by is not None and directory.closed_by.field not in fields:
        yield Problem((*DIRECTORY, "closed_by", "field"), _no_field("mentor", directory.closed_by.field))


def _searched(kit: Kit, directory: Directory) -> Iterator[Problem]:
    for index, key in enumerate(directory.searches):
        if key not in directory.shows:
            yield Problem(
                (*DIRECTORY, "searches", index), f"Search only in what is shown: '{key}' does not stand in 'shows'."
            )
    if directory.levels is not None:
        for side in ("mentor", "mentee"):
            field = _joining_fields(kit, side).get(directory.levels.field)
            if field is None or field.kind is not Kind.CHOICE:
                yield Problem((*DIRECTORY, "levels", "field"), f"The joining sheet of the {side} asks no such choice.")


def _shown(loc: Loc, key: str, role: str, fields: dict[str, FieldShape]) -> Iterator[Problem]:
    others = "mentees" if role == "mentor" else "mentors"
    if key not in fields:
        yield Problem(loc, _no_field(role, key))
    elif fields[key].sensitive or fields[key].readers:
        yield Problem(loc, f"'{key}' is sensitive or has readers of its own, so it is not shown to {others}.")


def _consent(kit: Kit, consent: BothSides) -> Iterator[Problem]:
    if kit.matching.mode != "coordinator":
        yield Problem(CONSENT, "Where mentees choose, both have said yes already: this is for the mode 'coordinator'.")
    for role, keys in consent.shows.items():
        for index, key in enumerate(keys):
            yield from _shown((*CONSENT, "shows", role, index), key, role, _joining_fields(kit, role))


def _approval(kit: Kit, approval: Approval) -> Iterator[Problem]:
    sheet = _worksheet(kit, approval.worksheet)
    if sheet is None:
        yield Problem((*APPROVAL, "worksheet"), f"There is no worksheet '{approval.worksheet}'.")
        return
    if sheet.filled_by is not Filler.SUPERVISOR:
        yield Problem((*APPROVAL, "worksheet"), "Who approves is the supervisor: say 'filled_by: supervisor' there.")
    fields = {field.key: field for field in sheet.fields() if not field.hidden}
    decision = fields.get(approval.decision)
    if decision is None or decision.kind is not Kind.CHOICE:
        yield Problem((*APPROVAL, "decision"), f"'{sheet.key}' asks no choice '{approval.decision}'.")
    else:
        offered = {option.key for option in decision.options}
        for key in sorted(set(approval.approves) - offered):
            yield Problem((*APPROVAL, "approves"), f"'{key}' is no option of '{approval.decision}'.")
    if approval.decided_by and approval.decided_by not in fields:
        yield Problem((*APPROVAL, "decided_by"), f"'{sheet.key}' asks no '{approval.decided_by}'.")
    if approval.article and approval.article not in {article.key for article in kit.articles}:
        yield Problem((*APPROVAL, "article"), f"There is no article '{approval.article}'.")
    asked = _joining_fields(kit, "mentee")
    for name in ("name_from", "address_from"):
        key = getattr(approval, name)
        if key and key not in asked:
            yield Problem((*APPROVAL, name), _no_field("mentee", key))


def _request(kit: Kit, request: Asking) -> Iterator[Problem]:
    if kit.matching.mode == "coordinator":
        yield Problem(
            REQUEST, "Mentees ask only where pairs are made by them, or both ways ('mode': 'mentee' or 'both')."
        )
    if kit.matching.mode == "mentee" and request.confirms == "coordinator":
        yield Problem(
            (*REQUEST, "confirms"), "A coordinator confirms pairs where they are made both ways ('mode: both')."
        )
    if kit.joining.directory is None and not request.off_list:
        message = (
            "Nobody could be asked: let there be a list of mentors ('joining.directory'), or let somebody be named by their "
            "address ('off_list: true')."
        )
        yield Problem(REQUEST, message)
    if request.worksheet is not None:
        yield from _sheet_of(kit, (*REQUEST, "worksheet"), request.worksheet, "request")
        sheet = _worksheet(kit, request.worksheet)
        known = {field.key for field in sheet.fields()} if sheet else set()
        for index, key in enumerate(request.carries):
            if key not in known or key not in _joining_fields(kit, "mentee"):
                yield Problem((*REQUEST, "carries", index), f"'{key}' is not asked both at joining and in the request.")
    if request.talk is not None and request.talk.worksheet is not None:
        yield from _sheet_of(kit, (*REQUEST, "talk", "worksheet"), request.talk.worksheet, "person")


def _sheet_of(kit: Kit, loc: Loc, key: str, belongs: str) -> Iterator[Problem]:
    sheet = _worksheet(kit, key)
    if sheet is None:
        yield Problem(loc, f"There is no worksheet '{key}'.")
    elif sheet.belongs != belongs:
        yield Problem(loc, f"Say 'belongs: {belongs}' in the worksheet '{key}'.")


def _worksheet(kit: Kit, key: str) -> Worksheet | None:
    return next((sheet for sheet in kit.worksheets if sheet.key == key), None)


def _joining_fields(kit: Kit, role: str) -> dict[str, FieldShape]:
    sheet = _worksheet(kit, kit.joining.enrolment.get(role, ""))
    return {field.key: field for field in sheet.fields() if not field.hidden} if sheet else {}


def _no_field(role: str, key: str) -> str:
    return f"The joining sheet of the {role} asks no '{key}'."
