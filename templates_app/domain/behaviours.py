"""Which behaviours of the handbooks the tests say they prove.

A kit keeps the ids of its handbook's behaviours in ``ids.json``; a test names those it proves with
``@pytest.mark.covers("plp.sys.22")``. Nothing is run: the marks are read from the source.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from templates_app.domain.kit_files.ids import read_ids
from templates_app.domain.kit_files.yaml_text import Unreadable, parse

IDS, LEFT_OUT = "ids.json", "behaviours-left-out.yaml"


@dataclass(frozen=True)
class Mark:
    """One id in a mark, and where it stands ("tests/pairs/test_signing.py:12")."""

    behaviour: str
    place: str


@dataclass(frozen=True)
class Tally:
    """How the behaviours stand; each list is sorted as the handbooks number them."""

    covered: dict[str, list[str]] = field(default_factory=dict)
    """Id → where it is proved."""
    open: dict[str, str] = field(default_factory=dict)
    """Id → what the handbook asks for."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Id → why it does not apply."""
    faults: list[str] = field(default_factory=list)
    """Marks and reasons that cannot be right, as sentences."""


def tally(*, kits: Path, tests: Path) -> Tally:
    """Count the marks below ``tests`` against the ids of every kit below ``kits``.

    Raises ``OSError``, ``TypeError``, ``ValueError`` or ``SyntaxError`` when a file cannot be read.
    """
    known = _known(kits)
    excused = _excused(kits)
    marks: dict[str, list[str]] = {}
    for mark in marks_in(tests):
        marks.setdefault(mark.behaviour, []).append(mark.place)
    return Tally(
        covered={name: marks[name] for name in known if name in marks},
        open={name: text for name, text in known.items() if name not in marks and name not in excused},
        left_out={name: excused[name] for name in known if name in excused and name not in marks},
        faults=[*_faults(known, excused, marks)],
    )


def marks_in(tests: Path) -> Iterator[Mark]:
    """Every id in a ``covers`` mark of the tests below a folder: on functions, on classes, in ``pytestmark``."""
    for path in sorted(tests.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
            if isinstance(node, ast.Call) and _is_covers(node.func):
                place = f"{path.relative_to(tests.parent).as_posix()}:{node.lineno}"
                yield from (Mark(name, place) for name in _names(node, place))


def _is_covers(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr == "covers"
        and isinstance(called.value, ast.Attribute)
        and called.value.attr == "mark"
    )


def _names(call: ast.Call, place: str) -> Iterator[str]:
    for argument in call.args:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            raise TypeError(f"{place}: a covers mark names its ids as plain texts.")
        yield argument.value


def _known(kits: Path) -> dict[str, str]:
    """Id → text, of all kits, in the handbooks' order."""
    known: dict[str, str] = {}
    for path in sorted(kits.glob(f"*/{IDS}")):
        behaviours = read_ids(path).get("behaviours", {})
        known |= {name: behaviours[name] for name in sorted(behaviours, key=_by_number)}
    return known


def _by_number(name: str) -> tuple[str, int]:
    """``plp.sys.9`` before ``plp.sys.10``."""
    kind, _dot, number = name.rpartition(".")
    return kind, int(number) if number.isdecimal() else 0


def _excused(kits: Path) -> dict[str, str]:
    excused: dict[str, str] = {}
    for path in sorted(kits.glob(f"*/{LEFT_OUT}")):
        try:
            value = parse(path.read_text(encoding="utf-8")).value or {}
        except Unreadable as error:
            raise ValueError(f"{path.parent.name}/{LEFT_OUT}:{error.line}: {error.message}") from error
        excused |= {str(name): str(reason or "").strip() for name, reason in value.items()}
    return excused


def _faults(known: dict[str, str], excused: dict[str, str], marks: dict[str, list[str]]) -> Iterator[str]:
    for name, places in sorted(marks.items()):
        if name not in known:
            yield f"{places[0]} names '{name}', which no handbook has."
        if name in excused:
            yield f"{places[0]} proves '{name}', which {LEFT_OUT} leaves out."
    for name, reason in sorted(excused.items()):
        if name not in known:
            yield f"{LEFT_OUT} names '{name}', which no handbook has."
        if not reason:
            yield f"{LEFT_OUT} gives no reason for '{name}'."
