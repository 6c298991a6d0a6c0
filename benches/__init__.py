"""What is measured. Each module has ``measure()``, which yields a ``Figure`` for everything it finds.

``./run bench NAME`` runs ``benches/NAME.py`` in a process of its own, on a migrated, empty PostgreSQL database under the role
that serves. A figure that says how fast is worth little; one beside a yardstick from the same run (``ratio``, ``against``)
can be compared between machines.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value. ``ratio`` is ``value`` divided by the yardstick's value in the same run; ``against`` names it."""

    bench: str
    value: float
    unit: str
    ratio: float | None = None
    against: str | None = None

    def line(self) -> str:
        """One line of JSON, numbers to three significant places."""
        rounded = {key: _short(value) if isinstance(value, float) else value for key, value in asdict(self).items()}
        return json.dumps(rounded, ensure_ascii=False)


def _short(value: float) -> float:
    return float(f"{value:.3g}")
