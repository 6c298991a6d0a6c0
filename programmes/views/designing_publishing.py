"""What has to be put right, what changes for whom, publishing it, and going back to an earlier version."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.tenancy.access import Access, access
from programmes.domain.designing.agreements import is_agreement
from programmes.domain.designing.around import look_around
from programmes.domain.designing.changes import changes_between
from programmes.domain.designing.checking import faults_of
from programmes.domain.designing.drafts import Stale, newest_version
from programmes.domain.designing.mentions import mentions_of_worksheet
from programmes.domain.designing.places import Definition, Gone
from programmes.domain.designing.publishing import (
    NothingNew,
    NotReady,
    Overtaken,
    effects_on,
    publish_draft,
    restore_version,
)
from programmes.domain.designing.queries import find_draft, get_version_of, in_use, sheets_by_version, versions_of
from programmes.domain.queries import or_404
from programmes.models import Programme
from programmes.views.designing import design_frame, draft_frame, draft_or_404, stale_drop_words
from programmes.views.frame import to
from programmes.views.handbook import editable
from templates_app.models import TemplateVersion


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Everything that publishing the draft would change, and the button that does it."""
    found, draft = draft_or_404(request, programme, worksheet)
    if request.method == "POST":
        verb = _verb(request, lambda sent: publish_draft(draft=draft, revision=sent.pop("revision"), **sent))
        return _done(request, found, worksheet, verb)
    context = draft_frame(request, found, draft) | _reviewed(found, worksheet, draft.definition)
    return render(request, "programmes/designing/publish.html", context)


def _reviewed(programme: Programme, key: str, definition: Definition) -> dict[str, Any]:
    """The faults of a definition; where it has none, what it changes and for whom."""
    newest = newest_version(programme, key)
    faults = faults_of(definition, programme.handbook)
    values: dict[str, Any] = {"faults": faults, "newest": newest, "against": newest.number if newest else 0}
    values["of_agreement"] = is_agreement(key)
    if not faults:
        titles = look_around(programme.handbook, but=key).titles
        values["changes"] = changes_between(newest.definition if newest else None, definition, titles).headed
        values["effects"] = effects_on(programme, key, definition)
        values["in_use"] = in_use(programme, key)
        values["mentions"] = mentions_of_worksheet(programme, definition)
    return values


def _verb(request: HttpRequest, verb: Callable[[dict[str, Any]], TemplateVersion]) -> Callable[[], TemplateVersion]:
    def number(name: str) -> int:
        sent = request.POST.get(name, "")
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1

    sent = {
        "revision": number("revision"),
        "against": number("against"),
        "take_drafts": request.POST.get("drafts") == "move",
        "reason": request.POST.get("reason", ""),
        "actor": request.user,
    }
    return lambda: verb(sent)


def _done(request: HttpRequest, programme: Programme, key: str, verb: Callable[[], TemplateVersion]) -> HttpResponse:
    """Publish, and say what became of it."""
    here = to(request, "design", programme.slug, key)
    try:
        version = verb()
    except NotReady:
        messages.error(request, _("There is something to put right first. Nothing was published."))
        return redirect(request.path)
    except NothingNew:
        messages.info(request, _("Nothing differs from the version that holds, so nothing was published."))
    except Stale as stale:
        messages.warning(request, stale_drop_words(stale.draft))
        return redirect(request.path)
    except Overtaken:
        messages.warning(request, _("Another version was published meanwhile. Look at what would change now."))
        return redirect(request.path)
    except Gone:
        messages.warning(request, _("This draft was published or dropped meanwhile. Nothing was changed."))
        return redirect(here)
    else:
        messages.success(request, _("Version %(number)d holds from now on.") % {"number": version.number})
    return redirect(here)


@access(Access.MEMBER)
@require_safe
def versions(request: HttpRequest, organisation: str, programme: str, worksheet: str) -> HttpResponse:
    """Every version that was published, when and by whom, with the way back to it."""
    found = editable(request, programme)
    rows = list(versions_of(found, worksheet))
    or_404(rows or None)
    counts = sheets_by_version(found, worksheet)
    title = rows[0].definition["title"]
    trail = (title, to(request, "design", found.slug, worksheet))
    context = design_frame(request, found, trail) | {
        "versions": [(row, counts.get(row.pk, 0)) for row in rows],
        "worksheet": worksheet,
        "title": title,
        "has_draft": find_draft(found, worksheet) is not None,
    }
    return render(request, "programmes/designing/versions.html", context)


@access(Access.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, organisation: str, programme: str, worksheet: str, number: int) -> HttpResponse:
    """What going back to an earlier version would change, and the button that publishes it as the next one."""
    found = editable(request, programme)
    version = get_version_of(found, worksheet, number)
    if request.method == "POST":

        def verb(sent: dict[str, Any]) -> TemplateVersion:
            sent.pop("revision")
            return restore_version(programme=found, key=worksheet, number=number, **sent)

        return _done(request, found, worksheet, _verb(request, verb))
    here = to(request, "design", found.slug, worksheet)
    trail = [
        (version.definition["title"], here),
        (_("Versions"), to(request, "design_versions", found.slug, worksheet)),
    ]
    context = design_frame(request, found, *trail) | _reviewed(found, worksheet, version.definition)
    context |= {"version": version, "has_draft": find_draft(found, worksheet) is not None}
    return render(request, "programmes/designing/restore.html", context)
