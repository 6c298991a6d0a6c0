"""What becomes of what people write: which of it is encrypted, and who can open it. For everybody, also before they sign in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access


@access(Access.PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Says what is true of this installation: whether the line is encrypted is looked up (``phase1.arch.7.a``)."""
    encrypted_line = settings.SECURE_SSL_REDIRECT or request.is_secure()
    return render(request, "ui/privacy.html", {"encrypted_line": encrypted_line})
