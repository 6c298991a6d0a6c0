"""``{% load dates %}``: dates and times in words (``mentoring/ui/dates.py``)."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.ui import dates

register = template.Library()
register.filter("day", dates.day)
register.filter("short_day", dates.short_day)
register.filter("hours", dates.hours)
register.simple_tag(dates.span)


@register.simple_tag
def when(instant: dt.datetime, zone: str, partner_zone: str = "", *, partner: str = "") -> SafeString:
    """An instant on the reader's clock, and on the partner's where ``partner_zone`` and ``partner`` say whose."""
    other = dates.for_partner(instant, zone, partner_zone, partner) if partner_zone else ""
    own = format_html('<time datetime="{}">{}</time>', instant.isoformat(), dates.moment(instant, zone))
    return format_html('{} <span class="soft">({})</span>', own, other) if other else own


@register.simple_tag
def due(date: dt.date, *, today: dt.date) -> SafeString:
    """A tag that says when something is due, or how late it is."""
    how = dates.due(date, today=today)
    return format_html('<span class="tag {}">{}</span>', how.state, how.words)
