"""What can be chosen where a part of a handbook names another: worksheets, stages, articles, resources."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from programmes.domain.handbook.fields import Field
from templates_app.domain.kits import AGREEMENT_KEY, current_versions, worksheet_of
from templates_app.models import Article, Handbook, Template
from templates_app.shapes import FieldShape, Filler, Kind, Preset, Worksheet
from templates_app.shapes.kinds import SHOWN

Names = Mapping[str, Mapping[str, str]]
"""By list of the handbook: key → title."""


def names_for(handbook: Handbook, fields: Iterable[Field]) -> Names:
    """The lists that these fields choose from. A query for worksheets and one for articles, where they are asked for."""
    wanted = {field.choices for field in every_field(fields) if isinstance(field.choices, str)}
    sheets = _sheets(handbook) if wanted & _OF_SHEETS.keys() else []
    return {
        name: dict(_OF_SHEETS[name](handbook, sheets)) if name in _OF_SHEETS else _names_in(handbook, name)
        for name in wanted
    }


def every_field(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields with all that stand inside them."""
    for field in fields:
        yield field
        yield from every_field(field.rows)


def _names_in(handbook: Handbook, name: str) -> dict[str, str]:
    if name == "worksheets":
        sheets = Template.objects.filter(handbook=handbook).exclude(key=AGREEMENT_KEY).order_by("position", "title")
        return dict(sheets.values_list("key", "title"))
    if name == "articles":
        return dict(Article.objects.filter(handbook=handbook).order_by("title").values_list("key", "title"))
    if name.startswith("agreement."):
        items = handbook.content["agreement"][name.removeprefix("agreement.")]
        return {item["key"]: item.get("label") or item.get("title") or item["key"] for item in items}
    named = {item["key"]: item.get("title") or item["name"] for item in handbook.content[name]}
    return {key: words for key, words in named.items() if words}


# --- What is asked on worksheets ------------------------------------------------------------------------------------

Pairs = Iterator[tuple[str, str]]


def _sheets(handbook: Handbook) -> list[Worksheet]:
    own = [worksheet_of(version) for key, version in current_versions(handbook).items() if key != AGREEMENT_KEY]
    return sorted(own, key=lambda one: (one.order, one.key))


def _joining(side: str, *kinds: Kind) -> Callable[[Handbook, list[Worksheet]], Pairs]:
    """The questions of a side's joining sheet whose answers others may be shown; of these ``kinds``, where some are named."""

    def pairs(handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
        for _sheet, field in _open_to_others(handbook, sheets, side):
            if not kinds or field.kind in kinds:
                yield field.key, field.label

    return pairs


def _open_to_others(handbook: Handbook, sheets: list[Worksheet], side: str) -> list[tuple[Worksheet, FieldShape]]:
    found = _asked(sheets, {handbook.content["joining"]["enrolment"].get(side, "")})
    return [(sheet, field) for sheet, field in found if not field.sensitive and not field.readers]


def _asked(sheets: list[Worksheet], keys: set[str]) -> Iterator[tuple[Worksheet, FieldShape]]:
    for sheet in sheets:
        for field in sheet.fields() if sheet.key in keys else ():
            if field.kind not in SHOWN and not field.hidden:
                yield sheet, field


def _answers(found: Iterable[tuple[Worksheet, FieldShape]]) -> Pairs:
    """Each answer of the choices among them, as conditions name it."""
    for _sheet, field in found:
        for option in field.options if field.kind is Kind.CHOICE else ():
            yield (
                f"{field.key}={option.key}",
                _("%(question)s – %(answer)s") % {"question": field.label, "answer": option.label},
            )


def _of_supervisors(sheets: list[Worksheet]) -> list[tuple[Worksheet, FieldShape]]:
    return list(_asked(sheets, {sheet.key for sheet in sheets if sheet.filled_by is Filler.SUPERVISOR}))


def _levels(handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    """Choices that both sides are asked when they join."""
    theirs = {field.key for _sheet, field in _open_to_others(handbook, sheets, "mentee") if field.kind is Kind.CHOICE}
    for _sheet, field in _open_to_others(handbook, sheets, "mentor"):
        if field.kind is Kind.CHOICE and field.options and field.key in theirs:
            yield field.key, field.label


def _units(handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    """Choices among the partner organisations that mentors are asked for when they join."""
    for _sheet, field in _open_to_others(handbook, sheets, "mentor"):
        if field.kind is Kind.CHOICE and field.options_from == "partners":
            yield field.key, field.label


def _joining_both(handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    for side in ("mentor", "mentee"):
        yield from ((field.key, field.label) for _sheet, field in _open_to_others(handbook, sheets, side))


def _of_programme(*kinds: Kind) -> Callable[[Handbook, list[Worksheet]], Pairs]:
    """The questions of the programme's own worksheets; of these ``kinds``, where some are named."""

    def pairs(_handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
        for sheet, field in _asked(sheets, {one.key for one in sheets if one.is_of_programme}):
            if not kinds or field.kind in kinds:
                yield (
                    field.key,
                    _("%(sheet)s: %(question)s") % {"sheet": sheet.title, "question": field.label},
                )

    return pairs


def _mentor_answers(handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    yield from _answers(_open_to_others(handbook, sheets, "mentor"))


def _nameless_answers(_handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    yield from _answers(_asked(sheets, {one.key for one in sheets if one.readers.preset is Preset.ANONYMOUS}))


def _approving(_handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    for _sheet, field in _of_supervisors(sheets):
        for option in field.options if field.kind is Kind.CHOICE else ():
            yield option.key, _("%(question)s – %(answer)s") % {"question": field.label, "answer": option.label}


def first_things(sheets: Iterable[tuple[str, str]]) -> Pairs:
    """What something of a pair may wait for; ``sheets`` are the pair's worksheets by key and title."""
    yield "agreement", _("the agreement is in force")
    yield "talk", _("the two have met for their first talk")
    yield from ((key, _("sent: %(sheet)s") % {"sheet": title}) for key, title in sheets)


def pairs_own(sheets: Iterable[Worksheet]) -> Pairs:
    """The worksheets that belong to a pair, by key and title."""
    return ((one.key, one.title) for one in sheets if one.belongs == "pair" and not one.is_of_programme)


def _together(sheets: Iterable[Worksheet]) -> list[Worksheet]:
    """What the people of a pair write together."""
    return [one for one in sheets if one.filled_by is Filler.TOGETHER and one.belongs == "pair"]


def _checklists(_handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
    """The checklists of what a pair writes together, with their sections: one question may be asked in each of them."""
    for sheet in _together(sheets):
        for section in sheet.sections:
            for field in section.fields:
                if field.kind is Kind.CHECKLIST and not field.hidden:
                    named = " – ".join(words for words in (section.title, field.label) if words)
                    yield field.key, _("%(sheet)s: %(question)s") % {"sheet": sheet.title, "question": named}


def _filled_by(side: Filler) -> Callable[[Handbook, list[Worksheet]], Pairs]:
    """What somebody of a side fills in alone, as one does when joining."""

    def pairs(_handbook: Handbook, sheets: list[Worksheet]) -> Pairs:
        return (
            (one.key, one.title) for one in sheets if one.filled_by in {side, Filler.EACH} and one.belongs != "request"
        )

    return pairs


_OF_SHEETS: dict[str, Callable[[Handbook, list[Worksheet]], Pairs]] = {
    "programme_sheets": lambda _book, sheets: ((one.key, one.title) for one in sheets if one.is_of_programme),
    "request_sheets": lambda _book, sheets: ((one.key, one.title) for one in sheets if one.belongs == "request"),
    "sheets_of_both": lambda _book, sheets: ((one.key, one.title) for one in _together(sheets)),
    "checklists_of_both": _checklists,
    "person_sheets": lambda _book, sheets: ((one.key, one.title) for one in sheets if one.is_of_person),
    "supervisor_sheets": lambda _book, sheets: (
        (one.key, one.title) for one in sheets if one.filled_by is Filler.SUPERVISOR
    ),
    "supervisor_choices": lambda _book, sheets: (
        (field.key, field.label) for _one, field in _of_supervisors(sheets) if field.kind is Kind.CHOICE
    ),
    "supervisor_questions": lambda _book, sheets: ((field.key, field.label) for _one, field in _of_supervisors(sheets)),
    "supervisor_options": _approving,
    "sheets_of_mentor": _filled_by(Filler.MENTOR),
    "sheets_of_mentee": _filled_by(Filler.MENTEE),
    "asked_of_mentor": _joining("mentor"),
    "asked_of_mentee": _joining("mentee"),
    "choices_of_mentor": _joining("mentor", Kind.CHOICE, Kind.CHOICES),
    "answers_of_mentor": _mentor_answers,
    "levels_of_both": _levels,
    "units_of_mentor": _units,
    "asked_of_both": _joining_both,
    "programme_questions": _of_programme(),
    "programme_choices": _of_programme(Kind.CHOICE),
    "nameless_answers": _nameless_answers,
    "firsts": lambda _book, sheets: first_things(pairs_own(sheets)),
}
"""What can be chosen out of the worksheets and their questions, by name."""
