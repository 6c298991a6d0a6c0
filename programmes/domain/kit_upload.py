"""A kit brought in by an organisation as a ZIP file: the same checks as ``kit check``, and then it is one of its kits."""

from mentoring.accounts.models import User
from templates_app.domain.kit_archives import unpacked_kit
from templates_app.domain.kit_files import Fault, read_kit, read_left_out
from templates_app.domain.loading_kits import load_kit
from templates_app.models import LoadedKit


class KitThere(Exception):
    """The organisation has a kit of this key already, and nobody said that it may be replaced. Nothing was written."""

    def __init__(self, there: LoadedKit) -> None:
        super().__init__(there.key)
        self.there = there


def bring_in_kit(*, data: bytes, replace: bool, actor: User) -> tuple[LoadedKit | None, list[Fault]]:
    """Check a packed kit and keep it for the open organisation: the kit and no faults, or ``None`` and every fault.

    Raises ``ArchiveRefused`` for what is no packed kit, and ``KitThere``; in these cases, and where there are faults,
    nothing is written. Programmes made from an earlier kit of the same key have their own copies and stay as they are.
    """
    with unpacked_kit(data) as folder:
        kit, faults = read_kit(folder)
        _reasons, more = read_left_out(folder)
    if kit is None or more:
        return None, sorted({*faults, *more})
    there = LoadedKit.objects.filter(key=kit.key).first()
    if there is not None and not replace:
        raise KitThere(there)
    return load_kit(kit=kit, actor=actor), []
