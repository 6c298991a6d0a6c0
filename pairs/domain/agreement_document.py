"""The agreement's PDF: rendered from the frozen text, readable by its members and, once signed, by the coordinators."""

from django.template.loader import render_to_string

from mentoring.accounts.models import User
from pairs.domain.agreement_queries import agreements_for
from pairs.domain.agreement_reading import read_agreement
from pairs.models import Agreement
from templates_app.models import Document

KIND = "agreement"


def render_agreement(document: Document) -> str:
    """The HTML of a signed agreement. Times stand in each signer's own zone, so it reads the same for everybody."""
    agreement = Agreement.objects.select_related(
        "pairing__cohort__programme", "pairing__organisation", "response__version"
    ).get(pk=document.subject_id)
    readable = read_agreement(agreement, zone=agreement.pairing.cohort.zone, locale=document.language)
    context = {"readable": readable, "agreement": agreement, "organisation": agreement.pairing.organisation}
    return render_to_string("documents/agreement.html", context)


def may_read_agreement_document(user: User, document: Document) -> bool:
    """Whoever may read this version on the page may have its PDF."""
    agreement = Agreement.objects.select_related("pairing__cohort").filter(pk=document.subject_id).first()
    return agreement is not None and agreements_for(user, agreement.pairing).filter(pk=agreement.pk).exists()
