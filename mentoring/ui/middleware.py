"""Response headers that Django does not set by itself."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)
"""Powers of the browser that no page of ours uses, so that nothing injected could either."""

NO_STORE = "private, no-store"
CLEAR_ON_SIGN_OUT = '"cache"'
"""Drafts written offline stay: they are sealed with a key that only the same person gets again by signing in."""

_SIGNED_OUT = "_ui_signed_out"


@receiver(user_logged_out, dispatch_uid="mentoring.ui.middleware.note_sign_out")
def note_sign_out(sender: object, request: HttpRequest | None, **kwargs: object) -> None:
    """Remember on the request that it signed someone out, for the response's headers."""
    if request is not None:
        setattr(request, _SIGNED_OUT, True)


class SecurityHeadersMiddleware:
    """Permissions-Policy on everything; what belongs to one person is never stored; signing out empties the cache.

    A view that sets its own ``Cache-Control`` keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        signed_out = getattr(request, _SIGNED_OUT, False)
        if signed_out:
            response.headers["Clear-Site-Data"] = CLEAR_ON_SIGN_OUT
        if signed_out or _is_personal(request):
            response.headers.setdefault("Cache-Control", NO_STORE)
        return response


def _is_personal(request: HttpRequest) -> bool:
    """Whether this response was made for someone signed in.

    Only a session that was looked at already is asked, so that public pages and files cost no query here.
    """
    session = getattr(request, "session", None)
    return session is not None and session.accessed and SESSION_KEY in session
