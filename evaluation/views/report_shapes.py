"""A frozen report's lines as the page shows them."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mentoring.ui import dates
from mentoring.ui.shapes import Attention
from pairs.domain.instants import local_day


def attention_lines(request: HttpRequest, figures: dict[str, Any], zone: str) -> list[Attention]:
    """Who needed the coordinator then, and since when."""
    return [
        Attention(
            who=line["pair"],
            reason=line["reason"],
            state=line["tone"],
            why=line["words"],
            since=dates.short_day(local_day(dt.datetime.fromisoformat(line["since"]), zone)),
            url=_pair(request, line["pairing_id"]),
        )
        for line in figures["attention"]
    ]


def number_of(figures: dict[str, Any], key: str) -> dict[str, Any] | None:
    """One of the headline numbers, if the report has it."""
    return next((number for number in figures["numbers"] if number["key"] == key), None)


def _pair(request: HttpRequest, pairing_id: str) -> str:
    return reverse("pairs:pairing", args=[request.organisation.slug, pairing_id])
