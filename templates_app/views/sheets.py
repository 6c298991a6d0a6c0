"""What the worksheet's views share: the form of an owner's response, and the page's part in keeping drafts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mentoring.accounts.kept_post import forget_kept_posts, kept_post
from mentoring.ui import dates
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner
from templates_app.domain.responses import answers_of
from templates_app.domain.uploads import keep_for
from templates_app.forms.keeping import Keeping, draft_id, keeping
from templates_app.forms.worksheet import WorksheetForm
from templates_app.models import Response

ARRIVED = "arrived"
"""The cookie that names the form that arrived last, for ``static/ui/page.js``. It says nothing about anybody."""
_HEX = set("0123456789abcdef")


def form_of(
    request: HttpRequest,
    owner: WorksheetOwner,
    data: QueryDict | None = None,
    files: Mapping[str, UploadedFile] | None = None,
) -> WorksheetForm:
    """The form of the owner's response: as it stands, or as it was posted. Files that came are kept at once."""
    response = owner.response
    begun = response.saved_at is not None or bool(response.facts or response.texts)
    form = WorksheetForm(
        worksheet_of(response.version),
        data,
        files,
        answers=answers_of(response) if begun else None,
        context=owner.context,
        keep_file=keep_for(response, request.user) if files else None,
        file_address=lambda value: file_address(request, value),
    )
    for node in (node for section in form.sections for node in section.nodes):
        named = [node.shape.beside] if node.shape.beside else []
        named += [f"sheet:{node.shape.key}"] if node.shape.beside_sheet else []
        if named:
            node.more["beside"] = [item for name in named for item in owner.beside.get(name, ())]
    return form


def file_address(request: HttpRequest, value: Mapping[str, Any]) -> str:
    """Where a kept file is downloaded."""
    return reverse("templates_app:file", args=[request.organisation.slug, value["id"]])


def keeping_of(request: HttpRequest, owner: WorksheetOwner, *, posted: QueryDict | None = None) -> Keeping:
    """How this page keeps its draft. A page shown again with what was posted goes on under the same key and revision."""
    response = owner.response
    return keeping(
        user=request.user.pk,
        response=response.pk,
        revision=revision_of(posted) if posted is not None else response.revision,
        draft_url=owner.urls.draft,
        login_url=f"{reverse('account_login')}?{urlencode({'next': owner.urls.page})}",
        saved_words=_("Not saved yet") if posted is not None else saved_words(owner),
        save_key=key_of(posted) if posted is not None else "",
    )


def own_kept_post(request: HttpRequest, owner: WorksheetOwner) -> QueryDict | None:
    """What this person typed into the form before signing in again, or ``None``."""
    return kept_post(request, whose=draft_id(request.user.pk, owner.response.pk))


def forget_own_kept_posts(request: HttpRequest, owner: WorksheetOwner) -> None:
    """What the page was shown with is saved now."""
    forget_kept_posts(request, whose=draft_id(request.user.pk, owner.response.pk))


def arrived(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the page that comes next that this form has arrived, so that the device forgets what it kept of it."""
    key = key_of(request.POST)
    if key and set(key) <= _HEX:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(ARRIVED, key, max_age=600, secure=secure, httponly=False, samesite="Lax")
    return response


def revision_of(posted: QueryDict) -> int:
    """The revision a form says it was drawn from. What makes no sense counts as the first, which holds nothing to overwrite."""
    text = posted.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def key_of(posted: QueryDict) -> str:
    """The form's own key."""
    return posted.get("save_key", "")[: Response._meta.get_field("last_key").max_length]


def saved_words(owner: WorksheetOwner) -> str:
    """When it was saved, on the person's own clock; empty before the first time."""
    saved_at = owner.response.saved_at
    return _("Saved %(time)s") % {"time": dates.clock(saved_at.astimezone(owner.context.tzinfo))} if saved_at else ""
