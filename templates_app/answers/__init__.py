"""The answers of a worksheet: their form, and everything that is done with them. Pure; no database, no request.

The form
========
Answers are one JSON object by field key. What is blank is absent.

=====================================  ==============================================================================
kind                                   value
=====================================  ==============================================================================
text, longtext, email, url, phone      the words, a string; longtext may hold light Markdown
number                                 an integer or a float
duration                               whole minutes, an integer
date · time                            ``"2026-11-24"`` · ``"09:30"``
datetime                               an instant in UTC, ``"2026-11-24T20:30:00Z"``
choice                                 the option's key; ``"other"`` with its words under ``<key>__other``
choices                                a list of option keys in the order they are offered; ``other`` likewise
ranked                                 a list of option keys, first the one that counts most
picture                                a list of figures' keys, in the order of their numbers; one alone unless ``several``
scale                                  the point's value, an integer; ``"na"`` not applicable, ``"dk"`` don't know
matrix                                 ``{row: point}``
checklist                              ``{item: {"done": true, "note": "..."}}``, the note only where one was written
table, group, goal, action             a list of rows, each an object of answers with a stable ``"_id"`` (eight
                                       hexadecimal digits, or the item's key where the rows are fixed), and
                                       ``"_example": true`` on a row that shows how and never counts
signature, initials                    ``{"name": "...", "at": instant, "by": user id}``
person                                 the person's id
file                                   ``{"name": "...", "id": "...", "size": bytes}``
note, computed                         nothing
=====================================  ==============================================================================

A draft may also hold ``{"_raw": ...}`` in any place: what was typed there and not understood.
Field keys never end in ``__other``; keys that begin with ``_`` belong to the engine.

What is done with them
======================
``check`` cleans and judges, ``split`` and ``join`` part the written from the rest, ``progress`` counts, ``display``
and ``compare`` make readable, ``wide_columns`` and ``wide_row`` export, ``map_answers`` moves between versions,
``first_answers`` prefills. What a kind does stands in ``kinds.BEHAVIOURS``. Upper apps register what they know with
``register_options``, ``register_prefill`` and ``register_computed``.
"""

from templates_app.answers.behaviour import Column, Mode
from templates_app.answers.checking import Checked, check, first_answers, progress, section_progress
from templates_app.answers.context import (
    AnswerContext,
    Choice,
    register_computed,
    register_options,
    register_prefill,
)
from templates_app.answers.markdown import article_html, to_html
from templates_app.answers.moving import map_answers, take_back
from templates_app.answers.raw import AnswerFault, is_raw
from templates_app.answers.reading import (
    ComparedAnswer,
    ComparedSection,
    compare,
    display,
    wide_columns,
    wide_row,
)
from templates_app.answers.shown import Shown, ShownAnswer, ShownLine, ShownRow, ShownSection
from templates_app.answers.splitting import join, split

__all__ = [
    "AnswerContext",
    "AnswerFault",
    "Checked",
    "Choice",
    "Column",
    "ComparedAnswer",
    "ComparedSection",
    "Mode",
    "Shown",
    "ShownAnswer",
    "ShownLine",
    "ShownRow",
    "ShownSection",
    "article_html",
    "check",
    "compare",
    "display",
    "first_answers",
    "is_raw",
    "join",
    "map_answers",
    "progress",
    "register_computed",
    "register_options",
    "register_prefill",
    "section_progress",
    "split",
    "take_back",
    "to_html",
    "wide_columns",
    "wide_row",
]
