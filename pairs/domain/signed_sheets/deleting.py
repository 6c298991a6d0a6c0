"""Deleting what was signed of worksheets whose period is over: the frozen words, who signed them, and the letters outside."""

from collections.abc import Collection
from uuid import UUID

from pairs.models import OutsideSigner, SignedSheet, SigningEvent


def delete_signed(outputs: Collection[UUID]) -> None:
    """Every sending of these outputs, with its signatures and the people outside who were asked for theirs.

    A signature proves nothing without its words, and the words are what is to go. For verbs that delete the sheets
    themselves (``sssc.must.71``); agreements are not touched.
    """
    SigningEvent.objects.filter(sheet__output__in=outputs).delete()
    OutsideSigner.objects.filter(output__in=outputs).delete()
    SignedSheet.objects.filter(output__in=outputs).delete()
