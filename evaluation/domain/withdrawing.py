"""What has been taken back since an export was made: its file may hold what its maker may not read any more."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from pairs.models import Consent, Output


def taken_back() -> Q:
    """Exports about whose pairs a consent or a share was taken back, or records were deleted, since they were made.

    Worked out when somebody asks, as rights are everywhere: it holds from the moment of taking back.
    """
    begun = OuterRef("begun_at")
    consents = Consent.objects.filter(
        given=False,
        at__gt=begun,
        pairing__cohort__programme=OuterRef("programme"),
        pairing__cohort=Coalesce(OuterRef("cohort"), F("pairing__cohort")),
        pairing=Coalesce(OuterRef("pairing"), F("pairing")),
    )
    shared = Output.objects.filter(
        response__shares__taken_back_at__gt=begun,
        pairing__cohort__programme=OuterRef("programme"),
        pairing__cohort=Coalesce(OuterRef("cohort"), F("pairing__cohort")),
        pairing=Coalesce(OuterRef("pairing"), F("pairing")),
    )
    deleted = Output.objects.filter(
        erased_at__gt=begun,
        pairing__cohort__programme=OuterRef("programme"),
        pairing__cohort=Coalesce(OuterRef("cohort"), F("pairing__cohort")),
        pairing=Coalesce(OuterRef("pairing"), F("pairing")),
    )
    return Q(Exists(consents)) | Q(Exists(shared)) | Q(Exists(deleted))
