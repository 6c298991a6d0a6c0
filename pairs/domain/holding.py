"""Holding a pairing: of two who take a step with it in the same moment, the second waits and finds what the first has done."""

from pairs.models import Pairing


def one_at_a_time(pairing: Pairing) -> None:
    """From here to the end of the transaction nobody else takes a step that begins like this with the pairing.

    What the partner does in the same moment comes before or after, never between: so there is one next version, one next
    place in a chain of signatures, and one next number of a sheet.
    """
    Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
