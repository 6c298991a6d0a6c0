"""Who reads a worksheet, in the sentence that stands above its first field. The same facts as ``reading.py``, in words."""

import datetime as dt

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.ui import dates
from pairs.domain.consents import Standing
from pairs.domain.instants import local_day
from pairs.domain.occasions import LASTS, is_answered, opens_by_occasion, to_answer, until
from pairs.domain.people import Others, Person, people_of
from pairs.domain.presence import is_among
from pairs.domain.reading import NOT_FOR_PARTNERS, Reader
from pairs.domain.staying import stays_as_sent
from pairs.domain.surveys import asks_to_quote
from pairs.domain.wanted import sides_of, taken_by
from pairs.enums import OutputKind
from pairs.models import Output
from templates_app.models import Share
from templates_app.shapes import Alert, FieldShape, Kind, Preset, Use, Worksheet


def readers_sentence(reader: Reader, output: Output, sheet: Worksheet) -> str:
    """For one of the pair: who will read this, from when, and what the coordinator sees. For others: why they read it."""
    if reader.person is None:
        return _coordinator_reads(reader, output)
    parts = [_partner_part(reader, output, sheet), _coordinator_part(reader, output, sheet), _ownership(reader, sheet)]
    parts.append(_signers_part(sheet))
    if reader.owes(output) and stays_as_sent(reader.kit, output):
        parts.append(_("Once it is sent, it stays as it is: nobody can change it any more."))
    return " ".join(part for part in parts if part)


def _signers_part(sheet: Worksheet) -> str:
    """Who else reads it because they sign it, without an account (``SheetSigning.outside``), and what its signing tells."""
    if sheet.signing is None:
        return ""
    told = _("The programme coordinator sees whose signature is there and whose is waited for.")
    labels = [one.label for one in sheet.signing.outside]
    if not labels:
        return told
    reads = ngettext(
        "Once it is sent, %(names)s reads it by a link, to sign it.",
        "Once it is sent, %(names)s read it by links, to sign it.",
        len(labels),
    ) % {"names": get_text_list(labels, _("and"))}
    return f"{reads} {told}"


def readers_for_outside(output: Output, sheet: Worksheet) -> str:
    """For whoever signs a sheet without an account: who else reads it. Said in the frozen text, to everybody alike."""
    people = people_of(output.pairing)
    writer = people.member(output.member_id)
    parts = [_("Written by %(name)s.") % {"name": writer.name if writer else people.label}]
    preset = sheet.readers.preset
    if writer is not None and preset not in NOT_FOR_PARTNERS:
        others = Others(tuple(one for one in people.partners_of(writer) if is_among(one, sheet.readers)))
        parts.append(_("%(name)s may read it too.") % {"name": others.name})
    if preset is Preset.AUTHOR_COORDINATOR or (preset is Preset.COORDINATOR and not sheet.readers.consent):
        parts.append(_("The programme coordinator reads it."))
    elif preset is Preset.COORDINATOR:
        parts.append(_("The programme coordinator reads it where the pair allows it."))
    else:
        parts.append(_("The programme coordinator sees that it is done and who has signed it, and not what it says."))
    parts.append(_("Whoever is asked to sign it reads what stands here, and nothing else."))
    return " ".join(parts)


def _coordinator_reads(reader: Reader, output: Output) -> str:
    writer = reader.people.member(output.member_id)
    name = writer.name if writer else _("the pair") if reader.pairing.is_pair else _("the group")
    if reader.pairing.is_pair:
        return _("The pair, and you as the programme coordinator: %(name)s has sent it.") % {"name": name}
    if _is_for_mentors(reader, output):
        return _("%(name)s, the mentors, and you as the programme coordinator.") % {"name": name}
    return _("The group, and you as the programme coordinator: %(name)s has sent it.") % {"name": name}


def _is_for_mentors(reader: Reader, output: Output) -> bool:
    sheet = reader.sheet_of(output)
    return sheet is not None and sheet.readers.partners == "mentors"


# --- The others -----------------------------------------------------------------------------------------------------


def _partner_part(reader: Reader, output: Output, sheet: Worksheet) -> str:
    person = reader.person
    assert person is not None
    others = Others(tuple(one for one in reader.people.partners_of(person) if is_among(one, sheet.readers)))
    shared = reader.shares.get(output.response_id, frozenset()) if output.response_id else frozenset()
    preset = sheet.readers.preset
    if not reader.owes(output):
        return _by_another(reader, output)
    if output.member_id is None:
        return _together(reader, others)
    if Share.Audience.PARTNER in shared:
        named = reader.people.others(person).short_name
        return _("You, and %(name)s, because you share it.") % {"name": named}
    if preset is Preset.PRIVATE or not others.people:
        return _("You alone.")
    if preset is Preset.AUTHOR_COORDINATOR:
        return ""
    if preset is Preset.ANONYMOUS:
        return _("Answers are reported together, without names: nobody reads yours as yours.")
    if output.is_further and opens_by_occasion(sheet):
        return answering_words(reader, sheet, output)
    return _partner_opens(sheet, others, reader)


def _by_another(reader: Reader, output: Output) -> str:
    """For somebody who reads what another one of the pairing wrote."""
    writer = reader.people.member(output.member_id)
    words = {"name": writer.short_name if writer else ""}
    if reader.pairing.is_pair:
        return _("%(name)s, who wrote it, and you.") % words
    if _is_for_mentors(reader, output):
        return _("%(name)s, who wrote it, and the mentors of your group.") % words
    return _("%(name)s, who wrote it, and everybody who was in your group when it was sent.") % words


def _together(reader: Reader, others: Others) -> str:
    if reader.pairing.is_pair:
        return _("You and %(name)s, as you write.") % {"name": others.short_name}
    return _("You and the others of your group (%(name)s), as you write, and whoever joins you later.") % {
        "name": others.short_name
    }


def answering_words(reader: Reader, sheet: Worksheet, output: Output | None = None) -> str:
    """Whose sheets one taken up at will is read with, and until when; for ``output``, or for one that is yet to be begun."""
    person = reader.person
    assert person is not None
    sides = sides_of(sheet.filled_by)
    others = [one for one in reader.people.partners_of(person) if one.side in sides and is_among(one, sheet.readers)]
    if output is not None and is_answered(output, reader.outputs):
        return _("Whoever of you has sent theirs for the same occasion, as long as yours is sent too.")
    sent = [] if output is not None and output.done_at else to_answer(person, reader.outputs, sheet.key)
    by = {row.member_id for row in sent}
    writers = Others(tuple(one for one in others if one.is_here and by & one.ids))
    if writers.people:
        began, ends = _day_of(sent[0].done_at, person), _day_of(until(sent[0]), person)
        return ngettext(
            "%(name)s sent theirs on %(day)s. Send yours by %(until)s, and you read each other’s; a later one begins anew.",
            "%(name)s have sent theirs since %(day)s. Send yours by %(until)s, and you read each other’s; a later one "
            "begins anew.",
            writers.count,
        ) % {"name": writers.short_name, "day": began, "until": ends}
    names = {"name": Others(tuple(one for one in others if one.is_here)).short_name, "days": LASTS.days}
    if output is not None and output.done_at:
        day = _day_of(until(output), person)
        return _("%(name)s, if they send one of their own by %(day)s. Otherwise yours stays your own.") % {
            **names,
            "day": day,
        }
    told = _(
        "%(name)s, if they send one of their own within %(days)d days of yours; they hear that you have sent it. Otherwise "
        "yours stays your own."
    )
    return told % names


def _day_of(at: dt.datetime | None, person: Person) -> str:
    return dates.day(local_day(at, person.zone)) if at else ""


def _partner_opens(sheet: Worksheet, others: Others, reader: Reader) -> str:
    words = {"name": others.short_name}
    if sheet.readers.opens == "both-sent" and not reader.pairing.is_pair:
        return _("%(name)s, once all of you have sent yours.") % words
    if sheet.readers.opens == "both-sent":
        return _("%(name)s, once both of you have sent yours.") % words
    if sheet.readers.opens == "moment" and sheet.readers.opens_at is not None:
        return _opens_at(sheet, words, reader)
    return _("%(name)s, as soon as you send it.") % words


def _opens_at(sheet: Worksheet, words: dict[str, str], reader: Reader) -> str:
    instant = sheet.readers.opens_at
    assert instant is not None
    at = reader.anchors.at(instant)
    if instant.session is not None:
        return _("%(name)s, once session %(number)d begins.") % {**words, "number": instant.session}
    zone = reader.person.zone if reader.person else "UTC"
    if at is None:
        return _("%(name)s, later.") % words
    return _("%(name)s, from %(day)s on.") % {**words, "day": dates.day(local_day(at, zone))}


# --- The coordinator ------------------------------------------------------------------------------------------------


def _coordinator_part(reader: Reader, output: Output, sheet: Worksheet) -> str:
    shared = reader.shares.get(output.response_id, frozenset()) if output.response_id else frozenset()
    preset = sheet.readers.preset
    if Share.Audience.COORDINATOR in shared:
        return _("The programme coordinator too, because it is shared with them.")
    if preset is Preset.ANONYMOUS:
        quoted = _("What you write in words the coordinators read only if you let it be quoted, and without your name.")
        told = [_alerting(sheet, sheet.alert)] if sheet.alert is not None else []
        return " ".join([*([quoted] if asks_to_quote(reader.kit, output) else []), *told])
    if preset is Preset.AUTHOR_COORDINATOR:
        if not reader.pairing.is_pair:
            return _("The programme coordinator, as soon as you send it; nobody else in your group sees it.")
        return _("The programme coordinator, as soon as you send it; your mentoring partner does not see it.")
    if sheet.to_coordinator == "nameless" or sheet.coded:
        return _without_names(sheet)
    if preset is not Preset.COORDINATOR:
        return _status_alone(reader, sheet)
    return _gated(reader, output, sheet)


def _alerting(sheet: Worksheet, alert: Alert) -> str:
    """What of a sheet that nobody reads reaches coordinators where its writer agrees to that."""
    asked = next(field for field in sheet.fields() if field.key == alert.when.field)
    return _(
        "Only if you agree to it under “%(question)s”, and your answers are low, does the programme coordinator learn that you "
        "are not content; none of your answers is passed on."
    ) % {"question": asked.label}


def _without_names(sheet: Worksheet) -> str:
    """What of a sheet reaches the coordinator among that of others: all it says, or the words of some questions."""
    if sheet.to_coordinator == "nameless":
        return _(
            "The programme coordinator sees whether it is done. What it says reaches them without names, and only together "
            "with what several others have sent."
        )
    return _(
        "The programme coordinator sees whether it is done. What you write under %(questions)s reaches them without "
        "names, and only together with what several others have sent; the rest does not."
    ) % {"questions": get_text_list([f"“{one.label}”" for one in sheet.coded], _("and"))}


def _status_alone(reader: Reader, sheet: Worksheet) -> str:
    """For sheets that the coordinator does not read."""
    if _is_followed(reader, sheet):
        return _(
            "The programme coordinator sees whether it is done. How many tasks are done and how many goals are on the way, off "
            "track or reached is counted together with others’, without names and without what they say."
        )
    return _("The programme coordinator sees whether it is done, and nothing else.")


def _is_followed(reader: Reader, sheet: Worksheet) -> bool:
    """Whether the programme counts how the goals and tasks of this sheet stand (``phase1.measure.menteeprog``)."""
    if sheet.readers.preset in NOT_FOR_PARTNERS or not any(_is_progress(field) for field in sheet.fields()):
        return False
    return reader.kit.follows_goals


def _is_progress(field: FieldShape) -> bool:
    return field.kind in {Kind.GOAL, Kind.ACTION} or bool(field.actions_column)


def _gated(reader: Reader, output: Output, sheet: Worksheet) -> str:
    """Preset ``coordinator``: read by the coordinator where consent, if any is asked, has been given."""
    handed = _handed(reader) if reader.is_passed_on(sheet) else ""
    if sheet.readers.consent is None:
        when = f", {handed}" if handed else ""
        return _("Then the programme coordinator%(when)s.") % {"when": when}
    standing = reader.consents_for(output).get(sheet.readers.consent, Standing(None))
    if standing.given is None and reader.pairing.is_alongside:
        return _("The programme coordinator sees whether it is done, and nothing else.")
    if standing.given is None:
        return _("The programme coordinator sees only that it is done, unless %(who)s when you sign the agreement.") % {
            "who": _who_allows(reader)
        }
    if not standing.given:
        return _("The programme coordinator sees only that it is done, as you agreed.")
    agreed = _agreed(standing, reader)
    return _("Then the programme coordinator, %(handed)s%(agreed)s.") % {
        "handed": f"{handed}, " if handed else "",
        "agreed": agreed,
    }


def _agreed(standing: Standing, reader: Reader) -> str:
    if standing.at is None:
        return _("as the handbook says")
    zone = reader.person.zone if reader.person else "UTC"
    return _("as you agreed on %(day)s") % {"day": dates.day(local_day(standing.at, zone))}


def _who_allows(reader: Reader) -> str:
    asked = reader.kit.agreement.consent.asked_of
    person = reader.person
    if person is not None and asked in {person.side, "each"}:
        return _("you allow more")
    asking = reader.people.mentees
    return ngettext("%(name)s allows more", "%(name)s allow more", asking.count) % {"name": asking.short_name}


def _handed(reader: Reader) -> str:
    sides = taken_by(reader.kit, OutputKind.COMPILE)
    person = reader.person
    if len(sides) > 1:
        return _("once one of you has passed it on")
    if person is not None and person.side in sides:
        return _("once you, the %(side)s, have passed it on") % {"side": person.side.label}
    gathering = reader.people.side_in_words(sides[0])
    return ngettext("once %(name)s has passed it on", "once %(name)s have passed it on", gathering.count) % {
        "name": gathering.short_name
    }


def _ownership(reader: Reader, sheet: Worksheet) -> str:
    """Where the handbook makes the records the mentee's, the mentor's notes say so (``plp.sys.97``)."""
    person = reader.person
    consent = reader.kit.agreement.consent
    asked = consent.asked_of if consent.items else ""
    if person is None or asked != "mentee" or person.side != "mentor" or sheet.readers.preset is Preset.PRIVATE:
        return ""
    if sheet.use not in {Use.LOG, Use.NOTES}:
        return ""
    return _("This record belongs to %(name)s, who may have it at any time.") % {
        "name": reader.people.mentees.short_name
    }
