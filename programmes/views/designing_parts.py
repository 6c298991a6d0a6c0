"""A worksheet's facts and readers, its sections, its moments."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from programmes.domain.designing.around import look_around
from programmes.domain.designing.drafts import Stale
from programmes.domain.designing.places import Gone, moment_of, section_of
from programmes.domain.designing.sheets import (
    add_section,
    change_facts,
    change_section,
    facts_of,
    save_moment,
    section_part,
)
from programmes.domain.handbook.parts import fingerprint
from programmes.domain.queries import or_404
from programmes.forms.designing import FactsForm
from programmes.forms.designing_new import NewSectionForm
from programmes.forms.designing_section import SectionForm
from programmes.forms.designing_times import MomentForm
from programmes.views.designing import draft_frame, said_gone, sheet_draft_or_404, stale_words
from programmes.views.frame import posted, to
from templates_app.domain.kits import kit_of


def base_of(request: HttpRequest, stands: object) -> str:
    """The fingerprint a change started from: the form's own, or that of what stands now for a fresh form."""
    data = posted(request)
    return data.get("base", "") if data is not None else fingerprint(stands)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """What the worksheet is called, who fills it in and who reads it."""
    found, draft = sheet_draft_or_404(request, programme, worksheet)
    around = look_around(found.handbook, but=draft.key)
    form = FactsForm(posted(request), definition=draft.definition, kit=kit_of(found.handbook), around=around)
    base = base_of(request, facts_of(draft.definition))
    if request.method == "POST" and form.is_valid():
        try:
            change_facts(draft=draft, values=form.values(), base=base, actor=request.user)
        except Stale as stale:
            base = fingerprint(facts_of(stale.draft.definition))
            form.add_error(None, stale_words(stale.draft))
        except Gone:
            return said_gone(request, found, draft)
        else:
            if form.leads_elsewhere:
                messages.info(request, _("Saved. Now you can say which answers go along."))
                return redirect(f"{request.path}#offers")
            return redirect(f"{to(request, 'design', found.slug, worksheet)}#facts")
    context = draft_frame(request, found, draft) | {"form": form, "base": base}
    return render(request, "programmes/designing/facts.html", context)


@access(Access.MEMBER)
@require_POST
def new_section(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Put a section at the end."""
    found, draft = sheet_draft_or_404(request, programme, worksheet)
    form = NewSectionForm(request.POST)
    here = to(request, "design", found.slug, worksheet)
    if not form.is_valid():
        messages.error(request, _("Give the section a heading of at most 200 letters. Nothing was added."))
        return redirect(f"{here}#new-section")
    try:
        key = add_section(draft=draft, title=form.cleaned_data["title"], actor=request.user)
    except Gone:
        return said_gone(request, found, draft)
    return redirect(f"{here}#section-{key}")


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, organisation: str, programme: str, worksheet: str, key: str) -> HttpResponse:
    """A section's heading and the words below it."""
    found, draft = sheet_draft_or_404(request, programme, worksheet)
    try:
        stands = section_of(draft.definition, key)
    except Gone:
        or_404(None)
    form = SectionForm(posted(request), definition=draft.definition, section=stands)
    base = base_of(request, section_part(stands))
    if request.method == "POST" and form.is_valid():
        try:
            change_section(
                draft=draft, key=key, values=form.values(), base=base, actor=request.user, readers=form.readers
            )
        except Stale as stale:
            base = fingerprint(section_part(section_of(stale.draft.definition, key)))
            form.add_error(None, stale_words(stale.draft))
        except Gone:
            return said_gone(request, found, draft)
        else:
            return redirect(f"{to(request, 'design', found.slug, worksheet)}#section-{key}")
    context = draft_frame(request, found, draft) | {"form": form, "base": base, "title": _("A section")}
    return render(request, "programmes/designing/section.html", context)


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def moment(request: HttpRequest, organisation: str, programme: str, worksheet: str, key: str = "") -> HttpResponse:
    """When the worksheet opens and is due: a moment to add, or one to change."""
    found, draft = sheet_draft_or_404(request, programme, worksheet)
    try:
        stands = moment_of(draft.definition, key) if key else None
    except Gone:
        or_404(None)
    form = MomentForm(posted(request), kit=kit_of(found.handbook), moment=stands)
    base = base_of(request, stands)
    if request.method == "POST" and form.is_valid():
        try:
            save_moment(draft=draft, key=key, values=form.values(), base=base, actor=request.user)
        except Stale as stale:
            base = fingerprint(moment_of(stale.draft.definition, key))
            form.add_error(None, stale_words(stale.draft))
        except Gone:
            return said_gone(request, found, draft)
        else:
            return redirect(f"{to(request, 'design', found.slug, worksheet)}#moments")
    context = draft_frame(request, found, draft) | {"form": form, "base": base, "moment": stands}
    return render(request, "programmes/designing/moment.html", context)
