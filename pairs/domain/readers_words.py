"""Who reads a worksheet, in the sentence that stands above its first field. The same facts as ``reading.py``, in words."""

from django.utils.translation import gettext as _

from mentoring.ui import dates
from pairs.domain.consents import Standing
from pairs.domain.instants import local_day
from pairs.domain.people import Person
from pairs.domain.reading import Reader
from pairs.models import Output
from templates_app.models import Share
from templates_app.shapes import Filler, Preset, Use, Worksheet


def readers_sentence(reader: Reader, output: Output, sheet: Worksheet) -> str:
    """For one of the pair: who will read this, from when, and what the coordinator sees. For others: why they read it."""
    if reader.person is None:
        return _coordinator_reads(reader, output)
    parts = [_partner_part(reader, output, sheet), _coordinator_part(reader, output, sheet), _ownership(reader, sheet)]
    return " ".join(part for part in parts if part)


def _coordinator_reads(reader: Reader, output: Output) -> str:
    writer = reader.people.member(output.member_id)
    name = writer.name if writer else _("the pair")
    return _("The pair, and you as the programme coordinator: %(name)s has sent it.") % {"name": name}


# --- The partner ----------------------------------------------------------------------------------------------------


def _partner_part(reader: Reader, output: Output, sheet: Worksheet) -> str:
    person = reader.person
    assert person is not None
    partner = reader.people.partner_of(person)
    shared = reader.shares.get(output.response_id, frozenset()) if output.response_id else frozenset()
    preset = sheet.readers.preset
    if not reader.owes(output):
        return _("%(name)s, who wrote it, and you.") % {"name": partner.short_name}
    if sheet.filled_by is Filler.TOGETHER:
        return _("You and %(name)s, as you write.") % {"name": partner.short_name}
    if Share.Audience.PARTNER in shared:
        return _("You, and %(name)s, because you share it.") % {"name": partner.short_name}
    if preset is Preset.PRIVATE:
        return _("You alone.")
    if preset is Preset.AUTHOR_COORDINATOR:
        return ""
    if preset is Preset.ANONYMOUS:
        return _("Answers are reported together, without names: nobody reads yours as yours.")
    return _partner_opens(sheet, partner, reader)


def _partner_opens(sheet: Worksheet, partner: Person, reader: Reader) -> str:
    words = {"name": partner.short_name}
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
        return ""
    if preset is Preset.AUTHOR_COORDINATOR:
        return _("The programme coordinator, as soon as you send it; your mentoring partner does not see it.")
    if preset is not Preset.COORDINATOR:
        return _("The programme coordinator sees whether it is done, and nothing else.")
    return _gated(reader, sheet)


def _gated(reader: Reader, sheet: Worksheet) -> str:
    """Preset ``coordinator``: read by the coordinator where consent, if any is asked, has been given."""
    handed = _handed(reader) if sheet.use is Use.LOG else ""
    if sheet.readers.consent is None:
        when = f", {handed}" if handed else ""
        return _("Then the programme coordinator%(when)s.") % {"when": when}
    standing = reader.consents.get(sheet.readers.consent, Standing(None))
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
    return _("%(name)s allows more") % {"name": reader.people.mentee.short_name}


def _handed(reader: Reader) -> str:
    mentor = reader.people.mentor
    if reader.person is not None and reader.person.member.pk == mentor.member.pk:
        return _("once you, the mentor, have passed it on")
    return _("once %(mentor)s has passed it on") % {"mentor": mentor.short_name}


def _ownership(reader: Reader, sheet: Worksheet) -> str:
    """Where the handbook makes the records the mentee's, the mentor's notes say so (``plp.sys.97``)."""
    person = reader.person
    asked = reader.kit.agreement.consent.asked_of
    if person is None or asked != "mentee" or person.side != "mentor" or sheet.readers.preset is Preset.PRIVATE:
        return ""
    if sheet.use not in {Use.LOG, Use.NOTES}:
        return ""
    return _("This record belongs to %(name)s, who may have it at any time.") % {
        "name": reader.people.mentee.short_name
    }
