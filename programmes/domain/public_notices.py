"""The notice of a programme for all staff of the organisations it covers: one page, alike for everybody (``sssc.must.16``).

Its address holds a code that nobody guesses, so that neither organisations nor programmes can be looked for. Nothing on it is
about anybody: it is the handbook's own words, and sheets of the programme that were refused while they named somebody.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.choosing.states import NotYours
from programmes.domain.guidance import named_articles
from programmes.domain.roles import roles_for
from programmes.domain.suggestions import LETTERS
from programmes.models import Programme, PublicNotice, Sheet
from templates_app.domain.kits import kit_of, worksheet_of
from templates_app.models import Article
from templates_app.shapes import Notice, Preset, Role

LENGTH = 12
"""About 58 bits: nobody finds one by trying."""


@dataclass(frozen=True)
class Standing:
    """What stands on a notice."""

    terms: Notice
    roles: Sequence[Role]
    sheets: Sequence[Sheet]
    articles: Sequence[Article]


def notice_terms(programme: Programme) -> Notice:
    """What the handbook says about the notice."""
    return kit_of(programme.handbook).notice


def notice_of(programme: Programme) -> PublicNotice | None:
    """How the programme's notice stands; ``None`` where nobody ever opened it."""
    return PublicNotice.objects.filter(programme=programme).first()


def open_notice(code: str) -> PublicNotice | None:
    """The open notice with this code in its address, however it is written; ``None`` for every other code."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    rows = PublicNotice.objects.filter(code=plain, is_open=True).select_related("programme__handbook")
    found = rows.first()
    return found if found is not None and notice_terms(found.programme).offered else None


def spoken(code: str) -> str:
    """A code as it stands in an address and on paper: ``7kqf-2m9t-xhab``."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4)).lower()


@transaction.atomic
def keep_notice(*, programme: Programme, is_open: bool, contact: str, may_be_found: bool, actor: User) -> PublicNotice:
    """Open the page, change how it is shown, or close it. Its address stays the same. Raises ``NotYours``."""
    if not roles_for(actor).coordinates(programme.pk) or not notice_terms(programme).offered:
        raise NotYours
    Programme.objects.select_for_update().get(pk=programme.pk)
    row = notice_of(programme)
    was_open = row is not None and row.is_open
    if row is None:
        row = PublicNotice(programme=programme, code="".join(secrets.choice(LETTERS) for _number in range(LENGTH)))
    row.is_open, row.contact, row.may_be_found = is_open, contact, may_be_found
    row.save()
    if is_open or was_open:
        happened = "changed" if is_open and was_open else "opened" if is_open else "closed"
        record_event(f"notice.{happened}", programme, actor=actor)
    return row


def standing_of(programme: Programme) -> Standing:
    """What stands on the notice: roles in the handbook's order, then the newest sheets that were sent, then guidance."""
    kit, terms = kit_of(programme.handbook), notice_terms(programme)
    return Standing(
        terms=terms,
        roles=[role for role in kit.roles if role.key in terms.roles],
        sheets=_newest(programme, terms.worksheets),
        articles=named_articles(programme.handbook, terms.articles),
    )


def _newest(programme: Programme, keys: Sequence[str]) -> list[Sheet]:
    """Of each worksheet the newest sheet that was sent as one for everybody that names nobody."""
    if not keys:
        return []
    rows = Sheet.objects.filter(
        programme=programme, participant=None, worksheet__in=keys, response__state="submitted"
    ).select_related("response__version__template")
    newest: dict[str, Sheet] = {}
    for row in rows.order_by("number"):
        shape = worksheet_of(row.response.version)
        if shape.nameless and shape.readers.preset is Preset.MEMBERS:
            newest[row.worksheet] = row
    return [newest[key] for key in keys if key in newest]
