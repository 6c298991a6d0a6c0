"""The questions of a worksheet: adding one, changing one, making one of another kind."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.ui.messages import done_with_undo
from programmes.domain.designing.begin_rows import look_elsewhere
from programmes.domain.designing.drafts import Stale
from programmes.domain.designing.kinds import CARD, kinds_within
from programmes.domain.designing.outline import outline_of
from programmes.domain.designing.places import Definition, Field, Gone, Spot, label_of, level_at, lines_at, spot_of
from programmes.domain.designing.questions import (
    add_question,
    change_question,
    earlier_versions,
    own_part,
    retype_question,
)
from programmes.domain.designing.retyping import survival
from programmes.domain.designing.sample import sample_context, sample_sheet
from programmes.domain.handbook.parts import fingerprint
from programmes.domain.queries import or_404
from programmes.forms.designing_new import NewQuestionForm
from programmes.forms.designing_question import QuestionForm
from programmes.forms.designing_rows import name_of
from programmes.models import Programme, WorksheetDraft
from programmes.views.designing import draft_frame, draft_or_404, said_gone, stale_words, undo_address
from programmes.views.designing_parts import base_of
from programmes.views.frame import posted, to
from templates_app.domain.kits import kit_of
from templates_app.domain.pictures import keep_picture
from templates_app.forms.worksheet import WorksheetForm
from templates_app.shapes import Kind


def _spot_or_404(definition: Definition, place: str) -> Spot:
    try:
        return spot_of(definition, place)
    except Gone:
        return or_404(None)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, organisation: str, programme: str, worksheet: str, container: str) -> HttpResponse:
    """Add a question to a section, or inside the rows of another."""
    found, draft = draft_or_404(request, programme, worksheet)
    try:
        level_at(draft.definition, container)
    except Gone:
        or_404(None)
    what, _colon, name = container.partition(":")
    above = spot_of(draft.definition, name) if what == "in" else None
    parents = [*above.parents, above.field] if above else []
    form = NewQuestionForm(posted(request), cards=kinds_within(parents))
    if request.method == "POST" and form.is_valid():
        try:
            place = add_question(draft=draft, container=container, actor=request.user, **form.cleaned_data)
        except Gone:
            return said_gone(request, found, draft)
        if "another" in request.POST:
            messages.success(request, _("Added: “%(label)s”.") % {"label": form.cleaned_data["label"]})
            return redirect(to(request, "design_add", found.slug, worksheet, container))
        return redirect(to(request, "design_question", found.slug, worksheet, place))
    context = draft_frame(request, found, draft) | {"form": form, "above": above and label_of(above.field)}
    return render(request, "programmes/designing/add.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, organisation: str, programme: str, worksheet: str, place: str) -> HttpResponse:
    """Everything about one question. Its buttons save all that is typed, do what they say, and come back here."""
    found, draft = draft_or_404(request, programme, worksheet)
    spot = _spot_or_404(draft.definition, place)
    form = QuestionForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        definition=draft.definition,
        spot=spot,
        kit=kit_of(found.handbook),
        elsewhere=look_elsewhere(found.handbook, but=draft.key),
        given=lines_at(place, earlier_versions(draft)) if request.method == "POST" else (),
    )
    base = base_of(request, own_part(spot.field))
    if request.method == "POST":
        button = _button_of(request)
        _leave_out(form, button)
        if form.is_valid():
            try:
                return _changed(request, found, draft, place, form, base, button)
            except Stale as stale:
                base = fingerprint(own_part(_spot_or_404(stale.draft.definition, place).field))
                form.add_error(None, stale_words(stale.draft))
            except Gone:
                return said_gone(request, found, draft)
    context = draft_frame(request, found, draft) | _about(request, found, draft, spot) | {"form": form, "base": base}
    return render(request, "programmes/designing/question.html", context)


def _about(request: HttpRequest, programme: Programme, draft: WorksheetDraft, spot: Spot) -> dict[str, Any]:
    shown = sample_sheet(spot.field)
    rows = [one for section in outline_of(draft.definition) for one in section.questions]
    return {
        "spot": spot,
        "label": label_of(spot.field),
        "card": CARD[Kind(spot.field["kind"])],
        "inner": [one for one in rows if one.place.startswith(f"{spot.place}.") and one.depth == len(spot.parents) + 1],
        "asks_inside": any(one.place == spot.place and one.asks_inside for one in rows),
        "sample": shown
        and WorksheetForm(shown, context=sample_context(programme, request.user, "mentee"), prefix="sample"),
        "above": label_of(spot.parents[-1]) if spot.parents else "",
    }


Button = tuple[str, str, int]


def _button_of(request: HttpRequest) -> Button | None:
    """The list, the verb and the line of a pressed button (``options:up:2``); ``None`` for saving alone."""
    parts = request.POST.get("do", "").split(":")
    known = (
        len(parts) == 3 and parts[1] in {"up", "down", "remove", "more"} and parts[2].isascii() and parts[2].isdigit()
    )
    return (parts[0], parts[1], int(parts[2])) if known else None


def _leave_out(form: QuestionForm, button: Button | None) -> None:
    if button and button[1] == "remove" and button[0] in form.lines:
        form.lines[button[0]].skipped = button[2]


def _changed(
    request: HttpRequest,
    programme: Programme,
    draft: WorksheetDraft,
    place: str,
    form: QuestionForm,
    base: str,
    button: Button | None,
) -> HttpResponse:
    moves = button if button and button[1] != "more" else None
    section = form.cleaned_data.get("section", "")
    values = form.values(rearrange=moves)
    if form.brought:
        keep_picture(form.brought[1])
    after = change_question(draft=draft, place=place, values=values, base=base, section=section, actor=request.user)
    here = to(request, "design_question", programme.slug, draft.key, place)
    if button:
        if button[1] == "remove":
            done_with_undo(request, _("Taken out."), undo_address(request, programme, after, question=place))
        return redirect(f"{here}#{button[0]}")
    before_rule, rule = form.shape.get("show_if"), spot_of(after.definition, place).field.get("show_if")
    is_new = rule and (not before_rule or before_rule["field"] != rule["field"])
    if is_new:
        messages.info(request, _("Saved. Now say which of its answers count."))
    if "press.x" in request.POST or form.brought:
        return redirect(f"{here}#picture")
    if "stay" in request.POST or is_new:
        return redirect(f"{here}#condition" if rule and rule != before_rule else here)
    now = spot_of(after.definition, place).field
    if _takes_from(now) != _takes_from(form.shape):
        return redirect(f"{here}#rows")
    if part := form.goes_on(now):
        messages.info(request, _("Saved. Now you can say more about it."))
        return redirect(f"{here}#{part}")
    above = place.rpartition(".")[0]
    if above:
        return redirect(f"{to(request, 'design_question', programme.slug, draft.key, above)}#inner")
    return redirect(f"{to(request, 'design', programme.slug, draft.key)}#q-{place}")


def _takes_from(field: Field) -> list[str]:
    return [name_of(take) for take in field.get("takes", [])]


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, organisation: str, programme: str, worksheet: str, place: str) -> HttpResponse:
    """Make a question one of another kind, with a plain word about what becomes of its answers."""
    found, draft = draft_or_404(request, programme, worksheet)
    spot = _spot_or_404(draft.definition, place)
    offered = kinds_within(spot.parents)
    wanted = request.POST.get("kind", "")
    here = to(request, "design_question", found.slug, worksheet, place)
    base = base_of(request, own_part(spot.field))
    stale = ""
    if request.method == "POST" and wanted in {card.kind.value for card in offered}:
        try:
            retype_question(draft=draft, place=place, kind=Kind(wanted), base=base, actor=request.user)
        except Stale as late:
            stale, base = (
                stale_words(late.draft),
                fingerprint(own_part(_spot_or_404(late.draft.definition, place).field)),
            )
        except Gone:
            return said_gone(request, found, draft)
        else:
            return redirect(here)
    context = draft_frame(request, found, draft) | {
        "spot": spot,
        "label": label_of(spot.field),
        "base": base,
        "stale": stale,
        "kinds": [(card, _fate(spot.field, card.kind)) for card in offered if card.kind != spot.field["kind"]],
        "card": CARD[Kind(spot.field["kind"])],
    }
    return render(request, "programmes/designing/kind.html", context)


def _fate(field: Field, new: Kind) -> tuple[str, str]:
    """What becomes of answers: a tag's state, and words."""
    told = {
        "all": ("good", _("answers move along")),
        "some": ("due", _("answers move where they fit")),
        "none": ("late", _("answers stay on the earlier version")),
    }
    return told[survival(Kind(field["kind"]), new)]
