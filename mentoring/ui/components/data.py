"""Much data: the matrix, tables, filters, pages, bars that fill."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from mentoring.ui.shapes import Cell, Column, Filter, Row, all_of

SYMBOLS = {"done": "✓", "due": "•", "late": "!", "ahead": "–"}


def state_words() -> dict[str, str]:
    """What the cells' symbols say."""
    return {
        "done": pgettext("output", "done"),
        "due": pgettext("output", "due"),
        "late": pgettext("output", "late"),
        "ahead": pgettext("output", "not yet due"),
    }


def matrix(columns: Sequence[str], rows: Sequence[Row], *, caption: str, head: str, form: str = "") -> dict[str, Any]:
    """Pairs × outputs. Head and first column stay in sight; on a phone it becomes a list of what is done, due or late.

    ``form`` is the id of the form to which the rows' tick boxes belong. ValueError when a row has too few or many cells.
    """
    words = state_words()
    signs = _Signs(words)
    listed = [{"row": row, "cells": signs.row(columns, row.cells)} for row in all_of(rows, Row, "matrix")]
    legend = [{"state": state, "symbol": SYMBOLS[state], "words": said} for state, said in words.items()]
    return {"columns": columns, "listed": listed, "caption": caption, "head": head, "form": form, "legend": legend}


class _Signs:
    """What stands in a matrix's cells. They come by the hundred and say few different things: each is made once."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._made: dict[tuple[str, str, str], SafeString] = {}
        self._address = cache(escape)

    def row(self, columns: Sequence[str], cells: Sequence[Cell]) -> SafeString:
        """The cells of one row. ValueError where they are more or fewer than the columns."""
        return mark_safe("".join(self._cell(*both) for both in zip(columns, cells, strict=True)))  # noqa: S308 made below

    def _cell(self, column: str, cell: Cell) -> str:
        if cell.state == "none":
            return '<td class="is-none"></td>'
        sign = self._sign(column, cell.state, cell.words)
        kind = f'class="cell {cell.state}"'
        inside = f'<a {kind} href="{self._address(cell.url)}">{sign}</a>' if cell.url else f"<span {kind}>{sign}</span>"
        return f'<td class="is-{cell.state}">{inside}</td>'

    def _sign(self, column: str, state: str, said: str) -> SafeString:
        name = (column, state, said)
        if name not in self._made:
            self._made[name] = format_html(
                '<i aria-hidden="true">{}</i><span>{}<span class="cell-state">: {}</span></span>',
                SYMBOLS[state],
                column,
                said or self._words[state],
            )
        return self._made[name]


def table(content: SafeString, *, caption: str, columns: Sequence[Column] = (), stack: bool = True) -> str:
    """A table on a sheet. The content is its rows; the head comes from ``columns``.

    With ``stack`` a phone shows each row as a small card (give cells ``data-label``); without, it scrolls sideways.
    """
    values = {"content": content, "caption": caption, "columns": all_of(columns, Column, "table"), "stack": stack}
    return render_to_string("ui/table.html", values)


def filter_bar(
    context: Context,
    *,
    query: str | None = None,
    filters: Sequence[Filter] = (),
    label: str = "",
    count: int | None = None,
) -> dict[str, Any]:
    """Search (when ``query`` is not None) and filters as links; what is chosen stands in the address and can be shared."""
    request = context["request"]
    keep = [(key, value) for key, values in request.GET.lists() if key not in {"q", "page"} for value in values]
    values = {"query": query, "filters": all_of(filters, Filter, "filter_bar"), "keep": keep, "count": count}
    return values | {"label": label or gettext("Search"), "path": request.path}


def pagination(context: Context, page: Page, *, name: str = "page") -> dict[str, Any]:
    """Ways to the other pages of a list, keeping what is searched and filtered."""
    query = context["request"].GET.copy()
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    steps = [
        {"number": number, "url": address(number) if isinstance(number, int) else "", "current": number == page.number}
        for number in numbers
    ]
    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "steps": steps, "before": before, "after": after}


def progress(value: int, total: int, *, label: str) -> dict[str, Any]:
    """How far something is: a bar with the same in words ("3 of 6"). ``total`` may be 0, which is an empty bar."""
    return {"value": min(max(value, 0), total), "total": max(total, 1), "words_total": total, "label": label}


def fit(score: int | None, *, label: str) -> SafeString:
    """How well two people fit, 0 to 100, as a small bar; None says that there is nobody."""
    if score is None:
        return format_html('<span class="fit none"><b>{}</b></span>', pgettext("fit", "none"))
    if not 0 <= score <= 100:
        raise ValueError(f"A fit is from 0 to 100, not {score}.")
    bar = (
        '<span class="fit" role="img" aria-label="{1}: {2}"><b aria-hidden="true">{0}</b>'
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{0}" height="8" rx="2"/></svg></span>'
    )
    return format_html(bar, score, label, gettext("%(score)d of 100") % {"score": score})
