"""Filling in a worksheet in the browser: every question that is empty gets an answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.journeys.visitor import Visitor

CONTROLS = """
form => [...form.elements].filter(box => box.name.startsWith("f-")).map(box => ({
  name: box.name,
  place: [...form.querySelectorAll(`[name="${CSS.escape(box.name)}"]`)].indexOf(box),
  kind: box.localName === "input" ? box.type : box.localName,
  empty: box.localName === "textarea" || box.localName === "select" || box.type !== "radio" && box.type !== "checkbox"
    ? !box.value
    : !form.querySelector(`[name="${CSS.escape(box.name)}"]:checked`),
  whole: ["numeric", "decimal"].includes(box.inputMode),
  open: box.checkVisibility({visibilityProperty: true}) && !box.disabled && !box.readOnly
    && !(box.localName === "select" && box.options.length < 2),
}))
"""
"""What a form asks, read at once: one look instead of six for each control."""
ROUNDS = 3
"""With JavaScript an answer may bring further questions: so many looks find them all."""


@dataclass(frozen=True)
class Control:
    """One control of a form as it stands. ``place`` counts those of its name.

    ``empty``: nothing written in it, or nothing chosen in its whole group.
    """

    name: str
    place: int
    kind: str
    empty: bool
    whole: bool
    open: bool

    @property
    def key(self) -> str:
        """The question's key."""
        return self.name.removeprefix("f-")


def fill(visitor: Visitor, **given: str) -> set[str]:
    """Answer what is empty and visible; ``given`` are words for questions by their key, whatever stood there.

    Returns the keys of what was answered.
    """
    answered: set[str] = set()
    for _round in range(ROUNDS):
        asked = list(_asked(visitor, answered, given))
        for control in asked:
            _answer(visitor, control, given.get(control.key))
        if not asked:
            break
    return answered


def _asked(visitor: Visitor, answered: set[str], given: dict[str, str]) -> Iterator[Control]:
    """What is to be answered now, each question once."""
    for found in visitor.page.locator("form#worksheet").evaluate(CONTROLS):
        control = Control(**found)
        if control.key in answered or not control.open or control.kind in {"file", "hidden"}:
            continue
        if control.key in given or control.empty:
            answered.add(control.key)
            yield control


def _answer(visitor: Visitor, control: Control, words: str | None) -> None:
    named = visitor.page.locator(f"form#worksheet [name='{control.name}']")
    if control.kind in {"radio", "checkbox"}:
        (named.and_(visitor.page.locator(f"[value='{words}']")) if words else named.nth(control.place)).check()
    elif control.kind.startswith("select"):
        named.select_option(**{"value": words} if words else {"index": 1})
    else:
        named.fill(words or _words(control))


def _words(control: Control) -> str:
    """Words that suit a control."""
    if control.kind == "number" or control.whole:
        return "1"
    suited = {"url": "https://example.org/", "email": "help@house.example", "date": "2027-05-01", "time": "10:00"}
    return suited.get(control.kind, f"Words on {control.key.rpartition('-')[2]}")


def send(visitor: Visitor, **given: str) -> None:
    """Fill in the worksheet that is open, read it over and send it."""
    answered = fill(visitor, **given)
    visitor.press("Review and send")
    if "put right first" in visitor.says() and not visitor.script:
        # Without JavaScript, questions that depend on an answer come once that answer is saved.
        visitor.follow("Change something")
        answered |= fill(visitor, **{key: words for key, words in given.items() if key not in answered})
        visitor.press("Review and send")
    visitor.sees("Read it over before you send it", *(words for words in given.values() if " " in words))
    visitor.sees_not("put right first")
    visitor.press("Send it", exact=False)
    visitor.sees("Sent.")
    assert given.keys() <= answered, f"never asked: {given.keys() - answered}"
