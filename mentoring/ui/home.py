"""Where a member lands in an organisation: the rooms say what is theirs, and the first that knows a place wins."""

from collections.abc import Callable

from django.http import HttpRequest

Home = Callable[[HttpRequest], str | None]
"""The address of this person's home, or ``None`` when this room has none for them."""

_homes: list[tuple[int, Home]] = []


def register_home(order: int, find: Home) -> None:
    """Offer homes; a smaller ``order`` is asked first. Registering the same function twice changes nothing."""
    if all(find is not known for _order, known in _homes):
        _homes.append((order, find))
        _homes.sort(key=lambda entry: entry[0])


def home_of(request: HttpRequest) -> str | None:
    """The first home that a room knows for the visitor; ``None`` when nobody knows one."""
    return next((found for _order, find in _homes if (found := find(request))), None)
