"""Filling in a worksheet in the browser: every question that is empty gets an answer."""

from playwright.sync_api import Locator

from tests.journeys.visitor import Visitor


def fill(visitor: Visitor, **given: str) -> None:
    """Answer what is empty and visible; ``given`` are words for questions by their key."""
    form = visitor.page.locator("form#worksheet")
    answered: set[str] = set()
    for box in form.locator("input, textarea, select").all():
        name = box.get_attribute("name") or ""
        if not name.startswith("f-") or name in answered or not box.is_visible() or not box.is_editable():
            continue
        key = name.removeprefix("f-")
        if _answer(box, name, given.get(key), form):
            answered.add(name)


def _answer(box: Locator, name: str, words: str | None, form: Locator) -> bool:
    """Answer one control; True when the whole question is done with it."""
    kind = box.evaluate("box => box.localName === 'input' ? box.type : box.localName")
    if kind in {"radio", "checkbox"}:
        if form.locator(f"[name='{name}']:checked").count() == 0:
            box.check()
    elif kind == "file":
        return False
    elif words or not box.input_value():
        _write(box, kind, words or _words(box, kind, name))
    return True


def _write(box: Locator, kind: str, words: str) -> None:
    if kind == "select":
        box.select_option(index=1)
    else:
        box.fill(words)


def _words(box: Locator, kind: str, name: str) -> str:
    """Words that suit a control."""
    if kind == "number" or box.get_attribute("inputmode") in {"numeric", "decimal"}:
        return "1"
    suited = {"url": "https://example.org/", "date": "2027-05-01"}
    return suited.get(kind, f"Words on {name.removeprefix('f-').rpartition('-')[2]}")


def send(visitor: Visitor, **given: str) -> None:
    """Fill in the worksheet that is open, read it over and send it."""
    fill(visitor, **given)
    visitor.press("Review and send")
    if "put right first" in visitor.says() and not visitor.script:
        # Without JavaScript, questions that depend on an answer come once that answer is saved.
        visitor.follow("Change something")
        fill(visitor, **given)
        visitor.press("Review and send")
    assert "put right first" not in visitor.says(), visitor.says()[:1500]
    visitor.press("Send it")
