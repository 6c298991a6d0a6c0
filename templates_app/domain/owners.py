"""Whose a response is, as far as this room needs to know: the owner says who may do what, and where its pages are.

A response never stands alone: an output of a pairing, an enrolment, a survey owns it. Upper rooms describe that owner to
the worksheet pages as a ``WorksheetOwner``, made anew for each request and each person, and register a finder by which
files and documents, which know only their response, come back to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mentoring.accounts.models import User
from templates_app.answers import AnswerContext
from templates_app.domain.signed import Signatures
from templates_app.models import Handbook, Response, Share
from templates_app.shapes import FieldShape

MayRead = Callable[[FieldShape], bool]
"""Whether the person may see one field's answers."""


def reads_all(_field: FieldShape) -> bool:
    """The person may see every field."""
    return True


def nothing_more(_actor: User) -> None:
    """Nothing follows."""


def nothing_told(_share: Share) -> None:
    """Nobody is told."""


@dataclass(frozen=True, kw_only=True)
class WorksheetUrls:
    """Where the pages of one response are. ``reopen``, ``share`` and ``reply`` may be left out where there are no such pages."""

    page: str
    draft: str
    review: str
    conflict: str
    read: str
    pdf: str
    back: str
    reopen: str = ""
    share: str = ""
    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line under the title of a readable page or a PDF: who wrote with whom, in which session."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Somebody whom the author may let in (``Share.Audience``), in words; ``shared`` says whether they are in now."""

    key: str
    name: str
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Something to read while answering a question: an agreed goal with its measure and reviews, an open action."""

    title: str
    lines: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class CompanionLine:
    """A prompt of a companion, in the words of whoever reads it, with its own lines where it has any."""

    words: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Companion:
    """Something to keep at hand beside a sheet or a session: a guide to the talk. Nothing of it has to be followed.

    ``is_open``: it shows its lines at once. ``keep_url`` begins the sheet on which answers may be kept (by POST).
    """

    title: str
    text: str = ""
    lines: tuple[CompanionLine, ...] = ()
    is_open: bool = False
    keep_url: str = ""
    keep_label: str = ""
    articles: tuple[tuple[str, str], ...] = ()
    """Title and address of what there is to read about it."""


@dataclass(frozen=True, kw_only=True)
class WorksheetOwner:
    """A response as one person meets it. An owner is only made for somebody who may at least read what is sent.

    ``readers_sentence`` stands above the first field and says who will read this; ``sharing_url`` is where this person
    may change that, if they may. ``may_write`` lets the person fill it in while it is open. ``may_read`` narrows single
    fields. ``context`` is what answers depend on, for this person.
    ``on_submitted(actor)``, ``on_reopened(actor)`` and ``on_shared(share)`` run in the transaction of the sending, the
    taking up again and the opening to somebody.
    """

    response: Response
    title: str
    urls: WorksheetUrls
    readers_sentence: str
    context: AnswerContext
    sharing_url: str = ""
    may_write: bool = False
    may_reopen: bool = False
    may_reply: bool = False
    """Whether this person, who did not write it, may write what the worksheet leaves to their side now that it is sent."""
    may_read: MayRead = reads_all
    audiences: tuple[Audience, ...] = ()
    lines: tuple[Line, ...] = ()
    beside: Mapping[str, Sequence[Beside]] = field(default_factory=dict)
    """What stands next to fields on the form, by what they give as ``beside`` (``goals``, ``actions``), or as
    ``sheet:<field>`` where they want answers of another sheet."""
    offers: tuple[Beside, ...] = ()
    """What its writer may go on to now that it is sent; each ``url`` takes a POST."""
    steps: tuple[Beside, ...] = ()
    """What else this person may do with it now that it is sent; each ``url`` takes a POST."""
    reach: tuple[Beside, ...] = ()
    """What the worksheet wants within reach while it is filled in: articles, other sheets."""
    hint: str = ""
    """A quiet word above the form."""
    companions: Sequence[Companion] = ()
    """What stands beside the whole form."""
    back_label: str = ""
    send_label: str = ""
    """What the button says with which it is sent, where that is more than sending."""
    signatures: Signatures | None = None
    """Who has signed it and who still has to, where it was sent to be signed."""
    on_submitted: Callable[[User], None] = nothing_more
    on_reopened: Callable[[User], None] = nothing_more
    on_shared: Callable[[Share], None] = nothing_told

    @property
    def is_writable(self) -> bool:
        """Whether this person may write on it now."""
        return self.may_write and not self.response.is_submitted


OwnerFinder = Callable[[User, Response], WorksheetOwner | None]
HandbookReader = Callable[[User, Handbook], bool]

_finders: list[OwnerFinder] = []
_handbook_readers: list[HandbookReader] = []


def register_response_owner(finder: OwnerFinder) -> None:
    """Add a way from a response to its owner. For ``AppConfig.ready``.

    The finder answers ``None`` for responses of other owners, and for persons who may not read them.
    """
    if finder not in _finders:
        _finders.append(finder)


def owner_for(user: User, response: Response) -> WorksheetOwner | None:
    """The response as this person meets it, or ``None`` when nobody vouches that they may read it."""
    for finder in _finders:
        owner = finder(user, response)
        if owner is not None:
            return owner
    return None


def register_handbook_reader(reader: HandbookReader) -> None:
    """Add a judge of who may read a handbook and print its blank worksheets. For ``AppConfig.ready``."""
    if reader not in _handbook_readers:
        _handbook_readers.append(reader)


def may_read_handbook(user: User, handbook: Handbook) -> bool:
    """Whether any registered reader lets this person read the handbook. With none registered nobody may."""
    return any(reader(user, handbook) for reader in _handbook_readers)
