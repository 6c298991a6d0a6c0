"""What was parsed once and never changes under its name: kept per process, the oldest dropped first."""

from typing import Generic, TypeVar

Name = TypeVar("Name")
Shape = TypeVar("Shape")


class Parsed(Generic[Name, Shape]):
    """At most ``limit`` parsed shapes. Unlike ``lru_cache`` it says what it knows, so that the rest is read in one go."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: dict[Name, Shape] = {}

    def get(self, name: Name) -> Shape | None:
        """The shape, or ``None`` where it has to be parsed."""
        return self._known.get(name)

    def keep(self, name: Name, shape: Shape) -> Shape:
        """Keep a shape, and give it back."""
        while len(self._known) >= self._limit:
            self._known.pop(next(iter(self._known)), None)
        self._known[name] = shape
        return shape
