"""Side by side, and what changed between two texts."""

import difflib
import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

_WORDS = re.compile(r"\s+|\S+\s*")


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts with what is gone marked in the first and what is new marked in the second; ``inline`` shows both in one."""

    before: SafeString
    after: SafeString
    inline: SafeString
    same: bool


def side_by_side(content: SafeString, *, label: str) -> SafeString:
    """Panes next to each other on a desk, below each other on a phone. The content is ``pane`` tags."""
    return format_html('<div class="side-by-side" role="group" aria-label="{}">{}</div>', label, content)


def pane(content: SafeString, *, title: str, detail: str = "", level: int = 3) -> str:
    """One side: whose it is, a remark (sent when), and the content."""
    return render_to_string("ui/pane.html", {"content": content, "title": title, "detail": detail, "level": level})


def difference(before: str, after: str) -> Difference:
    """The differences of two texts, word by word. All text is escaped."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left, right, both = [], [], []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[i1:i2])), escape("".join(new[j1:j2]))
        if kind == "equal":
            left.append(gone)
            right.append(come)
            both.append(gone)
            continue
        if gone:
            left.append(_marked("del", gettext("taken out"), gone))
        if come:
            right.append(_marked("ins", gettext("put in"), come))
        both += left[-1:] if gone else []
        both += right[-1:] if come else []
    marked = [mark_safe("".join(parts)) for parts in (left, right, both)]  # noqa: S308 every part was escaped above
    return Difference(*marked, same=old == new)


def _marked(element: str, spoken: str, text: str) -> str:
    """The text inside its element, with the space at its end outside."""
    words = text.rstrip()
    if not words:
        return text
    opening = f'<{element}><span class="visually-hidden">[{escape(spoken)}: </span>'
    return f'{opening}{words}<span class="visually-hidden">]</span></{element}>{text[len(words) :]}'
