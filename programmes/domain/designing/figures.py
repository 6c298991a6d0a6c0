"""Figures of a picture that nobody has placed yet."""

from typing import Any

ACROSS = 5
"""So many figures stand side by side until somebody says where they are."""


def spread_out(figures: list[dict[str, Any]]) -> None:
    """Give every figure that has no place in its picture one of its own, from the upper left on."""
    for index, figure in enumerate(figures):
        if figure.get("x") is None or figure.get("y") is None:
            figure["x"] = 10 + 20 * (index % ACROSS)
            figure["y"] = min(15 + 20 * (index // ACROSS), 95)
