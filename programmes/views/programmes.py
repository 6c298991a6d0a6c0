"""Programmes: the list, one of them, and starting a new one from a kit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access, may, require
from programmes.domain.carriers import left_to_name, name_partners, names_of_partners
from programmes.domain.concerns.queries import counts_of, leads_anything
from programmes.domain.concerns.setting_up import what_is_missing
from programmes.domain.kit_choice import introduced, kit_at_hand, look_at_kits, programmes_to_copy
from programmes.domain.managers.terms import asks_for_needs
from programmes.domain.programmes import SlugTaken, create_programme, rename_programme
from programmes.domain.public_notices import notice_terms
from programmes.domain.queries import cohorts_for, get_programme_for, or_404, programmes_for, team_of
from programmes.domain.roles import roles_for
from programmes.domain.sheets import programme_shelves
from programmes.domain.standing import figures_of_cohorts
from programmes.domain.suggestions import box_of
from programmes.domain.suggestions import counts_of as suggestion_counts
from programmes.forms.programme import ProgrammeForm, TitleForm
from programmes.views.frame import programme_frame, to
from templates_app.domain.kits import kit_of


@access(Access.MEMBER)
@require_safe
def index(request: HttpRequest, organisation: str) -> HttpResponse:
    """The programmes somebody runs, leads people in, steers or looks after, each with its cohorts."""
    cohorts = list(cohorts_for(request.user))
    figures = figures_of_cohorts(request.user, cohorts)
    listed = [
        {
            "programme": one,
            "cohorts": [(cohort, figures[cohort.pk]) for cohort in cohorts if cohort.programme_id == one.pk],
        }
        for one in programmes_for(request.user)
    ]
    may_create = may(request, "programmes.create_programme")
    if not listed and not may_create:
        or_404(None)
    return render(request, "programmes/programme/list.html", {"listed": listed, "may_create": may_create})


@access(Access.MEMBER)
@require_safe
def choose(request: HttpRequest, organisation: str) -> HttpResponse:
    """The kits to start a programme from."""
    require(request, "programmes.create_programme")
    here = look_at_kits()
    context = {
        "kits": [introduced(kit) for kit in here.offered if not kit.from_nothing],
        "beginnings": [kit for kit in here.offered if kit.from_nothing],
        "faulty": here.faulty,
        "originals": programmes_to_copy(request.user),
    }
    return render(request, "programmes/programme/choose_kit.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, organisation: str, kit: str) -> HttpResponse:
    """What a kit brings, and the new programme's title."""
    require(request, "programmes.create_programme")
    chosen = or_404(kit_at_hand(kit))
    form = ProgrammeForm(request.POST or None, initial={"title": chosen.title}, unnamed=left_to_name(chosen))
    if request.method == "POST" and form.is_valid():
        try:
            programme = create_programme(kit=chosen, actor=request.user, **form.cleaned_data)
        except SlugTaken:
            form.add_error("slug", _("Another programme has this address. Choose another."))
        else:
            messages.success(request, _("The programme is set up. Open a cohort, and people can join."))
            return redirect(to(request, "programme", programme.slug))
    context = {"form": form, "kit": introduced(chosen), "named": names_of_partners(chosen)}
    return render(request, "programmes/programme/create.html", context)


@access(Access.MEMBER)
@require_safe
def detail(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """A programme: its cohorts, what its handbook sets, who runs it."""
    found = get_programme_for(request.user, programme)
    cohorts = list(cohorts_for(request.user).filter(programme=found))
    figures = figures_of_cohorts(request.user, cohorts)
    context = {
        "cohorts": [(cohort, figures[cohort.pk]) for cohort in cohorts],
        "kit": kit_of(found.handbook),
        "team": team_of(found),
        "concerns": counts_of(request.user, found) if kit_of(found.handbook).concerns.offered else None,
        "suggestions": suggestion_counts(request.user, found) if box_of(found).offered else None,
        "leads_concerns": leads_anything(request.user),
        "leads_missing": what_is_missing(found) if may(request, "programmes.give_roles", found) else [],
        "unnamed": left_to_name(kit_of(found.handbook)) if may(request, "programmes.change_programme", found) else 0,
        "has_notice": notice_terms(found).offered and roles_for(request.user).coordinates(found.pk),
        "asks_managers": asks_for_needs(request.user, found),
        "keeps_records": may(request, "programmes.keep_records", found),
        "has_worksheets": bool(programme_shelves(request.user, found)),
    }
    return render(request, "programmes/programme/detail.html", programme_frame(request, found) | context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Another title for a programme."""
    found = get_programme_for(request.user, programme)
    require(request, "programmes.change_programme", found)
    unnamed = left_to_name(kit_of(found.handbook))
    form = TitleForm(request.POST or None, initial={"title": found.title}, unnamed=unnamed)
    if request.method == "POST" and form.is_valid():
        rename_programme(programme=found, title=form.cleaned_data["title"], actor=request.user)
        if named := form.cleaned_data.get("partners"):
            name_partners(programme=found, names=named, actor=request.user)
            messages.success(request, _("They are named. Whoever joins says which one is theirs."))
        else:
            messages.success(request, _("The title is changed. Its address stays, so that links do."))
        return redirect(to(request, "programme", found.slug))
    return render(request, "programmes/programme/rename.html", programme_frame(request, found) | {"form": form})
