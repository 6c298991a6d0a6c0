"""The worksheets of a handbook, and one of them as it is changed: every button is a small form of its own page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.ui.messages import done_with_undo
from programmes.domain.designing import questions, sheets
from programmes.domain.designing.agreements import is_agreement
from programmes.domain.designing.drafts import Stale, begin_worksheet, drop_draft, open_draft, undo_step
from programmes.domain.designing.outline import moments_of, outline_of
from programmes.domain.designing.places import Gone, spots
from programmes.domain.designing.queries import find_draft, in_use, listed_worksheets, versions_of
from programmes.domain.designing.removing import StillNeeded, may_be_removed, remove_worksheet
from programmes.domain.designing.words import FILLERS, readers_words
from programmes.domain.queries import or_404
from programmes.forms.designing_new import NewSectionForm, NewWorksheetForm
from programmes.models import Programme, WorksheetDraft
from programmes.views.frame import posted, programme_frame, to
from programmes.views.handbook import editable
from templates_app.domain.kits import kit_of, worksheet_of
from templates_app.shapes import Filler, Readers

Verb = Callable[[WorksheetDraft, str, Any], WorksheetDraft]

VERBS: dict[str, Verb] = {
    "up": lambda draft, name, actor: questions.move_question(draft=draft, place=name, by=-1, actor=actor),
    "down": lambda draft, name, actor: questions.move_question(draft=draft, place=name, by=1, actor=actor),
    "copy": lambda draft, name, actor: questions.copy_question(draft=draft, place=name, actor=actor),
    "hide": lambda draft, name, actor: questions.hide_question(draft=draft, place=name, hidden=True, actor=actor),
    "show": lambda draft, name, actor: questions.hide_question(draft=draft, place=name, hidden=False, actor=actor),
    "remove": lambda draft, name, actor: questions.remove_question(draft=draft, place=name, actor=actor),
    "section-up": lambda draft, name, actor: sheets.move_section(draft=draft, key=name, by=-1, actor=actor),
    "section-down": lambda draft, name, actor: sheets.move_section(draft=draft, key=name, by=1, actor=actor),
    "section-remove": lambda draft, name, actor: sheets.remove_section(draft=draft, key=name, actor=actor),
    "moment-up": lambda draft, name, actor: sheets.move_moment(draft=draft, key=name, by=-1, actor=actor),
    "moment-down": lambda draft, name, actor: sheets.move_moment(draft=draft, key=name, by=1, actor=actor),
    "moment-remove": lambda draft, name, actor: sheets.remove_moment(draft=draft, key=name, actor=actor),
}
"""What the buttons of a draft's page do, by the first word of their value."""
CAN_BE_MISSED = {"hide", "remove", "section-remove", "moment-remove"}


def draft_or_404(request: HttpRequest, programme: str, worksheet: str) -> tuple[Programme, WorksheetDraft]:
    """The programme and the open draft of a worksheet, for somebody who may change its handbook."""
    found = editable(request, programme)
    return found, or_404(find_draft(found, worksheet))


def sheet_draft_or_404(request: HttpRequest, programme: str, worksheet: str) -> tuple[Programme, WorksheetDraft]:
    """The same of a worksheet that has facts, sections and moments of its own: the agreement's questions have none."""
    found, draft = draft_or_404(request, programme, worksheet)
    return found, or_404(None if is_agreement(draft.key) else draft)


def design_frame(request: HttpRequest, programme: Programme, *trail: tuple[str, str]) -> dict[str, Any]:
    """Context of a page below the list of worksheets."""
    above = [(_("Handbook"), to(request, "handbook", programme.slug))]
    above.append((_("Worksheets"), to(request, "designs", programme.slug)))
    return programme_frame(request, programme, *above, *trail)


def draft_frame(request: HttpRequest, programme: Programme, draft: WorksheetDraft) -> dict[str, Any]:
    """Context of a page of one draft."""
    here = to(request, "design", programme.slug, draft.key)
    trail = [(draft.title, here)] if request.path != here else []
    return design_frame(request, programme, *trail) | {"draft": draft}


def said_gone(request: HttpRequest, programme: Programme, draft: WorksheetDraft) -> HttpResponse:
    """Somebody else took it out, published or dropped the draft meanwhile: say so and lead back."""
    messages.warning(request, _("That is not there any more: somebody else has changed this worksheet meanwhile."))
    return redirect(to(request, "design", programme.slug, draft.key))


def stale_words(draft: WorksheetDraft) -> str:
    """What to say to the second of two who changed the same thing."""
    who = draft.changed_by.name if draft.changed_by else _("Somebody else")
    return _(
        "%(who)s changed this while you were writing. Nothing was overwritten: what you typed stands below. Save again to "
        "put it in the place of theirs."
    ) % {"who": who}


@access(Access.MEMBER)
@require_safe
def index(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Every worksheet of the handbook: who fills it in, who reads it, when it is due, how many are in use."""
    found = editable(request, programme)
    trail = [(_("Handbook"), to(request, "handbook", found.slug))]
    context = programme_frame(request, found, *trail) | {"worksheets": listed_worksheets(found)}
    return render(request, "programmes/designing/index.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Begin a new worksheet, blank or from a copy."""
    found = editable(request, programme)
    known = [(one.key, one.title) for one in listed_worksheets(found) if one.version]
    form = NewWorksheetForm(posted(request), sheets=known)
    if request.method == "POST" and form.is_valid():
        draft = begin_worksheet(programme=found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Here is your draft. Nobody but coordinators sees it until you publish it."))
        return redirect(to(request, "design", found.slug, draft.key))
    return render(request, "programmes/designing/new.html", design_frame(request, found) | {"form": form})


@access(Access.MEMBER)
@require_POST
def begin(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Open a draft of a worksheet's next version. With ``use``: to take it out of use, or to put it back; what that means is
    shown next.
    """
    found = editable(request, programme)
    use = request.POST.get("use", "")
    try:
        draft = open_draft(programme=found, key=worksheet, actor=request.user)
        if use and not is_agreement(worksheet):
            sheets.put_to_use(draft=draft, in_use=use == "yes", actor=request.user)
            return redirect(to(request, "design_publish", found.slug, worksheet))
    except Gone:
        or_404(None)
    return redirect(to(request, "design", found.slug, worksheet))


@access(Access.MEMBER)
@require_POST
def remove(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Take a worksheet that nobody ever wrote on out of the handbook."""
    found = editable(request, programme)
    title = or_404(versions_of(found, worksheet).first()).template.title
    try:
        remove_worksheet(programme=found, key=worksheet, actor=request.user)
    except Gone:
        or_404(None)
    except StillNeeded as needed:
        lead = (
            _("It has to stay.")
            if needed.reasons
            else _("It has to stay: it is in use, or somebody has written on it.")
        )
        messages.error(request, " ".join([lead, *needed.reasons]))
        return redirect(to(request, "design", found.slug, worksheet))
    messages.success(request, _("“%(title)s” is taken out.") % {"title": title})
    return redirect(to(request, "designs", found.slug))


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def design(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """A worksheet with all that can be changed of it; the one that holds where no draft is open."""
    found = editable(request, programme)
    draft = find_draft(found, worksheet)
    if request.method == "POST":
        return _rearranged(request, found, worksheet, draft)
    if draft is None and is_agreement(worksheet):
        return redirect(to(request, "handbook_items", found.slug, "agreement-fields"))
    if draft is None:
        return _published(request, found, worksheet)
    context = draft_frame(request, found, draft) | {
        "sections": outline_of(draft.definition),
        "moments": moments_of(draft.definition),
        "facts": sheets.facts_of(draft.definition),
        "is_in_use": draft.definition.get("in_use", True),
        "filled_by": FILLERS[Filler(draft.definition["filled_by"])],
        "read_by": readers_words(Readers.model_validate(draft.definition["readers"])),
        "section_form": NewSectionForm(),
        "of_agreement": is_agreement(draft.key),
    }
    return render(request, "programmes/designing/draft.html", context)


def _published(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    version, sheets_of_it = or_404(versions_of(programme, key).first()), in_use(programme, key)
    context = design_frame(request, programme) | {
        "version": version,
        "sections": outline_of(version.definition),
        "moments": moments_of(version.definition),
        "in_use": sheets_of_it,
        "worksheet": worksheet_of(version),
        "removable": may_be_removed(version, sheets_of_it),
        "kit": kit_of(programme.handbook),
    }
    return render(request, "programmes/designing/published.html", context)


def _rearranged(request: HttpRequest, programme: Programme, key: str, draft: WorksheetDraft | None) -> HttpResponse:
    """Do what a button says, and come back to the same place."""
    here = to(request, "design", programme.slug, key)
    verb, _colon, name = request.POST.get("do", "").partition(":")
    if draft is None:
        or_404(versions_of(programme, key).first())
        messages.warning(request, _("This draft was published or dropped meanwhile. Nothing was changed."))
        return redirect(here)
    if verb not in VERBS or (is_agreement(key) and "-" in verb):
        return redirect(here)
    try:
        after = VERBS[verb](draft, name, request.user)
    except Gone:
        return said_gone(request, programme, draft)
    if verb in CAN_BE_MISSED and after.revision != draft.revision:
        words = _("Hidden.") if verb == "hide" else _("Taken out.")
        done_with_undo(request, words, undo_address(request, programme, after, at=_anchor(verb, name)))
    return redirect(f"{here}#{_anchor(verb, name)}")


def undo_address(request: HttpRequest, programme: Programme, after: WorksheetDraft, **back: str) -> str:
    """Where the last step is taken back. ``back``: ``at``, a place on the draft's page, or the ``question`` to go back to."""
    url = to(request, "design_undo", programme.slug, after.key, after.revision)
    return f"{url}?{urlencode(back)}"


def _anchor(verb: str, name: str) -> str:
    kind, dash, _rest = verb.partition("-")
    return f"{kind}-{name}" if dash else f"q-{name}"


@access(Access.MEMBER)
@require_POST
def undo(request: HttpRequest, organisation: str, programme: str, worksheet: str, revision: int) -> HttpResponse:
    """Take the last step back."""
    found, draft = draft_or_404(request, programme, worksheet)
    try:
        undo_step(draft=draft, actor=request.user, revision=revision)
    except (Stale, Gone):
        messages.warning(request, _("There was another change since, so this one is not taken back."))
    else:
        messages.success(request, _("It reads as before."))
    place, anchor = request.GET.get("question", ""), request.GET.get("at", "")
    if place in {spot.place for spot in spots(draft.definition)}:
        return redirect(to(request, "design_question", found.slug, worksheet, place))
    here = to(request, "design", found.slug, worksheet)
    return redirect(f"{here}#{quote(anchor)}" if anchor else here)


@access(Access.MEMBER)
@require_POST
def drop(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Throw a draft away."""
    found, draft = draft_or_404(request, programme, worksheet)
    sent = request.POST.get("revision", "")
    try:
        drop_draft(draft=draft, actor=request.user, revision=int(sent) if sent.isascii() and sent.isdigit() else 0)
    except Stale as stale:
        messages.warning(request, stale_drop_words(stale.draft))
        return redirect(to(request, "design", found.slug, worksheet))
    messages.success(request, _("The draft is dropped. What is published stays as it is."))
    return redirect(to(request, "designs", found.slug))


def stale_drop_words(draft: WorksheetDraft) -> str:
    """What to say where somebody goes on with a draft that another wants to drop or publish."""
    who = draft.changed_by.name if draft.changed_by else _("Somebody else")
    return _("%(who)s has changed this draft meanwhile. Look at it as it stands now, then decide again.") % {"who": who}
