"""The handbook as its people read it: guidance, the glossary, resources, rights, contacts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.accounts.kept_post import keeps_posts
from mentoring.tenancy.access import Access, access
from mentoring.ui.shapes import Choice, Filter
from programmes.domain.concerns.queries import own_places
from programmes.domain.contacts import contacts_for, own_leads_for
from programmes.domain.coordinators import coordinators_of
from programmes.domain.guidance import chapters_of, neighbours, orientation_articles, picked, readable_articles
from programmes.domain.handbook.editing import NotSound
from programmes.domain.library import Search, library_for
from programmes.domain.library_adding import LibraryFull, add_to_library, may_add_to_library
from programmes.domain.library_files import removed_files_for
from programmes.domain.own_facts import mark_oriented
from programmes.domain.queries import get_readable_programme_for, or_404, own_participations, readable_programmes_for
from programmes.domain.sheets import told_to_all
from programmes.forms.handbook import CHAPTERS, ROLES
from programmes.forms.library import AddResourceForm
from programmes.models import Programme
from programmes.tables import address_with
from programmes.views.frame import posted, to
from templates_app.answers import article_html
from templates_app.domain.clauses import groups_of
from templates_app.domain.kits import AGREEMENT_KEY, current_version, current_versions, kit_of, worksheet_of


@access(Access.MEMBER)
@require_safe
def guidances(request: HttpRequest, organisation: str) -> HttpResponse:
    """The guidance of the one programme somebody is in, or a choice of them."""
    return _only(request, "guidance")


@access(Access.MEMBER)
@require_safe
def glossaries(request: HttpRequest, organisation: str) -> HttpResponse:
    """The words explained, of the one programme somebody is in, or a choice."""
    return _only(request, "glossary")


@access(Access.MEMBER)
@require_safe
def support(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whom to turn to, in the one programme somebody is in, or a choice; one step from any page."""
    return _only(request, "contacts")


@access(Access.MEMBER)
@require_safe
def guidance(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """All articles on one page by chapter; narrowed to a role or a stage by links."""
    found = get_readable_programme_for(request.user, programme)
    kit, every = kit_of(found.handbook), readable_articles(request.user, found)
    role, stage = request.GET.get("for", ""), request.GET.get("stage", "")
    context = guidance_frame(request, found) | {
        "chapters": chapters_of(picked(every, role=role, stage=stage), CHAPTERS),
        "filters": [
            _filter(request, _("For"), "for", ROLES[:2], role),
            _filter(request, _("At the stage"), "stage", [(one.key, one.title) for one in kit.stages], stage),
        ],
        "kit": kit,
        "told": told_to_all(request.user, found),
    }
    return render(request, "programmes/guidance/handbook.html", context)


@access(Access.MEMBER)
@require_safe
def article(request: HttpRequest, organisation: str, programme: str, key: str) -> HttpResponse:
    """One article, with its neighbours."""
    found = get_readable_programme_for(request.user, programme)
    every = readable_articles(request.user, found)
    shown = or_404(next((one for one in every if one.key == key), None))
    before, after = neighbours(every, shown)
    context = guidance_frame(request, found, _("Guidance")) | {
        "article": shown,
        "body": article_html(shown.body),
        "before": before,
        "after": after,
        "stages": [stage for stage in kit_of(found.handbook).stages if stage.key in shown.stages],
    }
    return render(request, "programmes/guidance/article.html", context)


@access(Access.MEMBER)
@require_safe
def sheet(request: HttpRequest, organisation: str, programme: str, key: str) -> HttpResponse:
    """What a worksheet asks, before one meets it; blank, to print."""
    found = get_readable_programme_for(request.user, programme)
    version = or_404(current_versions(found.handbook).get(key))
    context = guidance_frame(request, found, _("Guidance")) | {"version": version, "worksheet": worksheet_of(version)}
    return render(request, "programmes/guidance/sheet.html", context)


@access(Access.MEMBER)
@require_safe
def glossary(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Abbreviations and words explained."""
    found = get_readable_programme_for(request.user, programme)
    terms = sorted(kit_of(found.handbook).glossary, key=lambda one: one.term.casefold())
    return render(request, "programmes/guidance/glossary.html", guidance_frame(request, found) | {"terms": terms})


@access(Access.MEMBER)
@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
def resources(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """The library: articles, tools, the agreement and resources, found by words, topic, stage and role. Coordinators and mentors
    add to it.
    """
    found = get_readable_programme_for(request.user, programme)
    form = AddResourceForm(posted(request)) if may_add_to_library(request.user, found) else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _added(request, found, form):
            return redirect(to(request, "resources", found.slug))
    search = Search.from_query(request.GET)
    library = library_for(request.user, found, search)
    stages = [(one.key, one.title) for one in kit_of(found.handbook).stages]
    filters = [
        _filter(request, _("For"), "for", ROLES[:2], search.role),
        _filter(request, _("At the stage"), "stage", stages, search.stage),
    ]
    if library.topics:
        topics = [(topic, topic) for topic in library.topics]
        filters.append(_filter(request, _("About"), "topic", topics, search.topic))
    context = guidance_frame(request, found) | {"library": library, "search": search, "filters": filters, "form": form}
    context["removed"] = removed_files_for(request.user, found)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/guidance/resources.html", context, status=status)


def _added(request: HttpRequest, programme: Programme, form: AddResourceForm) -> bool:
    try:
        add_to_library(programme=programme, actor=request.user, **form.cleaned_data)
    except LibraryFull:
        form.add_error(None, _("The library is full. Ask a coordinator to take out what nobody needs any more."))
        return False
    except NotSound as fault:
        form.add_error(None, str(fault))
        return False
    messages.success(request, _("“%(title)s” is in the library.") % {"title": form.cleaned_data["title"]})
    return True


@access(Access.MEMBER)
@require_safe
def rights(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """A mentee's rights, the ways to complain, and the programme's policies (``plp.sys.08``)."""
    found = get_readable_programme_for(request.user, programme)
    kit = kit_of(found.handbook)
    context = guidance_frame(request, found) | {
        "rights": kit.agreement.rights,
        "policies": kit.policies,
        "coordinators": coordinators_of(found),
        "takes_part": own_participations(request.user).filter(cohort__programme=found).exists(),
    }
    return render(request, "programmes/guidance/rights.html", context)


@access(Access.MEMBER)
@require_safe
def agreement(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """What the two of a pair will agree on: its whole text, before anybody is paired and at any time (``gla.must.67``)."""
    found = get_readable_programme_for(request.user, programme)
    kit = kit_of(found.handbook)
    titles = {role.key: role.title for role in kit.roles} | {one.key: one.label for one in kit.agreement.outside}
    context = guidance_frame(request, found) | {
        "agreement": kit.agreement,
        "groups": [group for group in groups_of(kit.agreement) if group.clauses],
        "signers": [titles.get(key, key) for key in kit.agreement.turns],
        "version": current_version(found.handbook, AGREEMENT_KEY),
    }
    return render(request, "programmes/guidance/agreement.html", context)


@access(Access.MEMBER)
@require_safe
def contacts(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Whom to turn to: contacts for support, the person for concerns, who coordinates the programme."""
    found = get_readable_programme_for(request.user, programme)
    context = guidance_frame(request, found) | {
        "shelves": contacts_for(request.user, found),
        "own_leads": own_leads_for(request.user, found),
        "place": next((one for one in own_places(request.user) if one.cohort.programme_id == found.pk), None),
        "coordinators": coordinators_of(found),
        "kit": kit_of(found.handbook),
    }
    return render(request, "programmes/guidance/contacts.html", context)


@access(Access.MEMBER)
@require_safe
def orientation(request: HttpRequest, organisation: str) -> HttpResponse:
    """What mentoring is and is not, for every programme somebody is in; one step from any page (``plp.sys.108``)."""
    programmes = list(readable_programmes_for(request.user))
    unread = {person.cohort.programme_id for person in own_participations(request.user) if person.oriented_at is None}
    listed = [
        {
            "programme": one,
            "articles": [(row, article_html(row.body)) for row in orientation_articles(one.handbook)],
            "is_unread": one.pk in unread,
        }
        for one in programmes
    ]
    return render(request, "programmes/guidance/orientation.html", {"listed": listed})


@access(Access.MEMBER)
@require_POST
def oriented(request: HttpRequest, organisation: str, programme: str) -> HttpResponse:
    """Note that somebody has read it."""
    found = get_readable_programme_for(request.user, programme)
    own = list(own_participations(request.user).filter(cohort__programme=found))
    for person in own:
        mark_oriented(person=person, actor=request.user)
    return redirect(to(request, "waiting", own[0].pk) if own else to(request, "orientation"))


def _only(request: HttpRequest, page: str) -> HttpResponse:
    programmes = list(readable_programmes_for(request.user))
    if len(programmes) == 1:
        return redirect(to(request, page, programmes[0].slug))
    return render(request, "programmes/guidance/choose.html", {"programmes": programmes, "page": f"programmes:{page}"})


def guidance_frame(request: HttpRequest, programme: Programme, *trail: str) -> dict[str, Any]:
    """Context of a page of the handbook as people read it: the programme, its pages as tabs, crumbs."""
    pages = [
        (_("Guidance"), "guidance"),
        (_("Words explained"), "glossary"),
        (_("Library"), "resources"),
        (_("The agreement"), "agreement"),
        (_("Rights and rules"), "rights"),
        (_("Contacts"), "contacts"),
    ]
    links = [(label, to(request, name, programme.slug)) for label, name in pages]
    directory = kit_of(programme.handbook).joining.directory
    if directory is not None and directory.open_to == "members":
        links.append((_("List of mentors"), to(request, "mentor_lists")))
    best = max((url for _label, url in links if request.path.startswith(url)), key=len, default="")
    return {
        "programme": programme,
        "tabs": [Choice(label, url, current=url == best) for label, url in links],
        "crumbs": [Choice(programme.title, links[0][1])] if trail else [],
    }


def _filter(request: HttpRequest, label: str, name: str, options: list[tuple[str, Any]], current: str) -> Filter:
    choices = [Choice(str(words), address_with(request, **{name: key}), current == key) for key, words in options]
    return Filter(label, [Choice(_("All"), address_with(request, **{name: ""}), not current), *choices])
