"""What stands on its own on a page: the next step, a sheet, a meeting, a notice, figures, an empty place."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.ui import dates
from mentoring.ui.shapes import TAG_STATES, Figure, all_of, one_of

NOTICE_ICONS = {"neutral": "info", "good": "circle-check", "due": "clock", "late": "circle-alert"}


def tag(state: str, words: str) -> SafeString:
    """A small label. The words carry the meaning; the colour of ``state`` only repeats it."""
    return format_html('<span class="tag {}">{}</span>', one_of(state, TAG_STATES, "A tag's state"), words)


def next_step(
    *,
    title: str,
    url: str,
    label: str,
    why: str = "",
    due: dates.Due | None = None,
    minutes: int | None = None,
    kicker: str = "",
) -> dict[str, Any]:
    """The one thing to do next: a sentence, a button, when it is due and how long it takes."""
    return {"title": title, "url": url, "label": label, "why": why, "due": due, "minutes": minutes, "kicker": kicker}


def sheet(
    content: SafeString, *, title: str = "", level: int = 2, name: str = "", more_url: str = "", more: str = ""
) -> str:
    """A sheet of paper with an optional heading (``name`` becomes its anchor) and a link on the heading's line."""
    values = {
        "content": content,
        "title": title,
        "level": _level(level),
        "name": name,
        "more_url": more_url,
        "more": more,
    }
    return render_to_string("ui/sheet.html", values)


def meeting(
    content: SafeString,
    *,
    starts: dt.datetime,
    zone: str,
    title: str,
    partner_zone: str = "",
    partner: str = "",
    elsewhere: str = "",
    url: str = "",
) -> str:
    """A meeting with the day as a leaf of a calendar and the time on both clocks; the content is its links.

    ``elsewhere``: the words for other clocks where somebody has them already.
    """
    day = starts.astimezone(ZoneInfo(zone)).date()
    values = {"content": content, "title": title, "day": day, "starts": starts, "url": url}
    values["own"] = dates.moment(starts, zone)
    values["other"] = dates.for_partner(starts, zone, partner_zone, partner) if partner_zone else elsewhere
    return render_to_string("ui/meeting.html", values)


def readers(content: SafeString, *, change_url: str = "") -> str:
    """Who will read this: stands above the first field, before anything is typed."""
    return render_to_string("ui/readers.html", {"content": content, "change_url": change_url})


def notice(content: SafeString, *, state: str = "neutral", title: str = "", live: bool = False) -> str:
    """A calm remark in the page. ``live`` has it announced when it appears (a save, a failure)."""
    icon = NOTICE_ICONS[one_of(state, TAG_STATES, "A notice's state")]
    return render_to_string(
        "ui/notice.html", {"content": content, "state": state, "title": title, "icon": icon, "live": live}
    )


def empty(content: SafeString, *, title: str, icon: str = "sprout") -> str:
    """An empty place: what will be here and, in the content, what to do first."""
    return render_to_string("ui/empty.html", {"content": content, "title": title, "icon": icon})


def figures(items: Sequence[Figure], *, as_of: str = "", how_url: str = "") -> dict[str, Any]:
    """Numbers in a row, with the moment they hold for and a link to how they are counted."""
    return {"items": all_of(items, Figure, "figures"), "as_of": as_of, "how_url": how_url}


def avatar(name: str) -> SafeString:
    """A person's initials in a circle, as decoration beside their name."""
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', initials(name))


def initials(name: str) -> str:
    """The first letters of the first and last word, passing over marks such as the ʻokina; "?" for no letters at all."""
    letters = [next((char for char in word if char.isalpha() and char not in "ʻʼ"), "") for word in name.split()]
    letters = [letter.upper() for letter in letters if letter]
    return (letters[0] + letters[-1] if len(letters) > 1 else "".join(letters)) or "?"


def _level(level: int) -> int:
    if level not in {2, 3, 4}:
        raise ValueError(f"A sheet's heading is of level 2, 3 or 4, not {level}.")
    return level
