"""What a worksheet may say together: each rule with its reason, in words for whoever writes the kit."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from templates_app.shapes.kinds import Need

if TYPE_CHECKING:
    from templates_app.shapes.worksheets import Section, Worksheet

_OF_PROGRAMME = frozenset({"steering", "members"})
_OF_PAIRING = frozenset({"pair", "coordinator", "status"})
_KEPT = frozenset({"pair", "status"})
_ONE_WRITES = frozenset({"mentor", "mentee", "each"})
_PAIR_WRITES = frozenset({"mentor", "mentee", "together"})


def why_not_sound(sheet: "Worksheet") -> str:
    """Why a worksheet contradicts itself; empty where it does not."""
    return next((reason for rules in _RULES for reason in rules(sheet)), "")


def _readers(sheet: "Worksheet") -> Iterator[str]:
    """It is read where it belongs."""
    preset, filler = sheet.readers.preset, sheet.filled_by
    if preset in _OF_PROGRAMME and filler != "coordinator":
        yield f"readers '{preset}' are for worksheets that the coordinator fills in"
    if sheet.readers.partners == "mentors" and (preset not in _OF_PAIRING or filler not in _ONE_WRITES):
        yield "'partners: mentors' is for what one person writes and others of the pairing read"
    if sheet.nameless and preset not in _OF_PROGRAMME:
        yield "'nameless' is for what others in the programme read: readers 'members' or 'steering'"


def _sides(sheet: "Worksheet") -> Iterator[str]:
    """``by`` parts what both write; in what one side writes it is the other's reply, written once they read it."""
    for field in sheet.fields():
        if field.side and any(part.side not in {"", field.side} for part in field.columns):
            yield "one side writes the section of a table: take its 'by' out, or that of the table's columns"
    if sheet.filled_by == "together" or not any(_says_by(section) for section in sheet.sections):
        return
    other = {"mentor": "mentee", "mentee": "mentor"}.get(sheet.filled_by)
    replies = [field for field in sheet.fields() if field.by]
    inside = any(part.by for field in sheet.fields() for part in field.columns)
    if other is None or sheet.belongs != "pair" or inside or any(field.by != other for field in replies):
        yield "'by' is for worksheets that both write (filled_by: together), and for replies of the other side"
    if any(field.need is not Need.MAY for field in replies):
        yield "a reply is written once the sheet is sent: say 'need: may'"


def _says_by(section: "Section") -> bool:
    parts = (part for field in section.fields for part in (field, *field.columns))
    return bool(section.by) or any(part.by for part in parts)


def _passing_on(sheet: "Worksheet") -> Iterator[str]:
    """Whoever writes it, the same people read it: so nobody learns anything by its writing being passed on."""
    if not sheet.passes_to:
        return
    readers = sheet.readers
    alike = readers.preset in _OF_PAIRING and readers.opens == "at-once" and readers.partners == "all"
    parts = any(_says_by(section) for section in sheet.sections)
    writers = {sheet.filled_by, *sheet.passes_to}
    if sheet.belongs != "pair" or not alike or readers.shareable or parts or not writers <= _PAIR_WRITES:
        yield (
            "'passes_to' is for what the mentor, the mentee or both together write, with no part of one side, and what "
            "everybody in the pairing reads as soon as it is sent"
        )
    if len(writers) <= len(sheet.passes_to):
        yield "'passes_to' names somebody twice, or whoever writes it anyway"


def _asked_once(sheet: "Worksheet") -> Iterator[str]:
    """The mail that asks says that one answers alone and that one's partner does not see it."""
    unseen = sheet.readers.preset in {"private", "author-coordinator"}
    if any(moment.asked_once for moment in sheet.moments) and not (sheet.filled_by in _ONE_WRITES and unseen):
        yield "'asked_once' is for what each fills in alone and no partner reads"


def _switches(sheet: "Worksheet") -> Iterator[str]:
    """What one setting needs of another."""
    if sheet.tells and sheet.filled_by != "together":
        yield "'tells' is for what is written together: of other sheets the partner hears anyway"
    if sheet.counted and not sheet.asks(sheet.counted.by, sheet.counted.when.field):
        yield "'counted' names two questions of this worksheet: what is counted, and who agrees to it"
    if sheet.living and not sheet.repeats:
        yield "'living' is for worksheets that may be filled in again (repeats: true)"


def _reaching_coordinators(sheet: "Worksheet") -> Iterator[str]:
    """``news`` and ``help`` are for what the coordinator reads, ``nameless`` for what they do not read as anybody's."""
    preset = sheet.readers.preset
    if sheet.alert and (preset != "anonymous" or not sheet.asks(sheet.alert.when.field, *sheet.alert.fields)):
        yield "'alert' is for sheets with preset 'anonymous', and names questions of this worksheet"
    wanted = _KEPT if sheet.to_coordinator == "nameless" else {"coordinator", "author-coordinator"}
    of_pair = sheet.belongs == "pair" and sheet.filled_by != "coordinator"
    if sheet.to_coordinator and not (of_pair and preset in wanted):
        yield (
            "'to_coordinator' is for what a pair writes: 'news' and 'help' where the coordinator reads it, 'nameless' where "
            "the pair alone does"
        )
    if sheet.to_coordinator in {"news", "help"} and sheet.readers.consent:
        yield "'news' and 'help' are for what the coordinator always reads: take 'consent' out"
    if sheet.coded and not (of_pair and preset in _KEPT | {"anonymous"}):
        yield (
            "'coded' is for what a pair writes and no coordinator reads as anybody's: readers 'pair', 'status' or "
            "'anonymous'"
        )
    if sheet.filled_by != "together" and any(field.by for field in sheet.coded):
        yield "a reply comes after the sheet was sent, so its words are not gathered into themes"
    read = preset == "author-coordinator" or (preset == "coordinator" and not sheet.readers.consent)
    if any(field.totalled for field in sheet.fields()) and not (read and sheet.belongs == "pair"):
        yield "'totalled' is for what a pair writes and the coordinator always reads"


def _belonging(sheet: "Worksheet") -> Iterator[str]:
    """What belongs to a person or goes with a request."""
    preset = sheet.readers.preset
    if sheet.belongs == "person" and preset not in {"private", "author-coordinator"}:
        yield "a worksheet that belongs to a person is read by them alone, or by the coordinator too"
    is_mentees = sheet.filled_by == "mentee" and preset == "pair" and not sheet.moments and not sheet.repeats
    if sheet.belongs == "request" and not is_mentees:
        yield "a worksheet that goes with a request is the mentee's, read by the pair, and has no moments"


_RULES = (_readers, _sides, _passing_on, _asked_once, _switches, _reaching_coordinators, _belonging)
