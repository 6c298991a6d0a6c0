"""Giving out bytes that people put in or that were made for them: as a file to save, never as a page of ours."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "default-src 'none'; sandbox"
"""Should a browser show the file all the same, it may do nothing there."""


def as_download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """A response that browsers save under ``name``, which may be in any script (RFC 6266), and take for nothing else."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(content), content_type=content_type, headers=headers)


def csv_download(text: str, *, name: str) -> HttpResponse:
    """A table as a file for spreadsheets. ``text`` is made by the ``csv`` of ``defusedcsv``, so that nothing in it runs."""
    return as_download(text.encode(), name=name, content_type="text/csv; charset=utf-8")
