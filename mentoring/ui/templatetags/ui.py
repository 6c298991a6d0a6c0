"""``{% load ui %}``: every component as a tag. What each takes is said where it is defined, in ``mentoring/ui/components``."""

from django import template
from django.templatetags.static import static

from mentoring.ui import accent, charts, icons, messages, zones
from mentoring.ui.components import cards, compare, data, forms, lists

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(cards.tag)
register.simple_tag(cards.avatar)
register.inclusion_tag("ui/next_step.html")(cards.next_step)
register.inclusion_tag("ui/figures.html")(cards.figures)
register.simple_block_tag(cards.sheet)
register.simple_block_tag(cards.meeting)
register.simple_block_tag(cards.readers)
register.simple_block_tag(cards.notice)
register.simple_block_tag(cards.empty)

register.inclusion_tag("ui/road.html")(lists.road)
register.inclusion_tag("ui/owed.html")(lists.owed)
register.inclusion_tag("ui/attention.html")(lists.attention)
register.inclusion_tag("ui/facts.html")(lists.facts)
register.inclusion_tag("ui/timeline.html")(lists.timeline)
register.inclusion_tag("ui/tabs.html")(lists.tabs)

register.inclusion_tag("ui/matrix.html")(data.matrix)
register.simple_block_tag(data.table)
register.inclusion_tag("ui/filter_bar.html", takes_context=True)(data.filter_bar)
register.inclusion_tag("ui/pagination.html", takes_context=True)(data.pagination)
register.inclusion_tag("ui/progress.html")(data.progress)
register.simple_tag(data.fit)

register.inclusion_tag("ui/post_button.html", takes_context=True)(forms.post_button)
register.inclusion_tag("ui/undo.html", takes_context=True)(forms.undo)
register.simple_block_tag(forms.confirm, takes_context=True)
register.simple_block_tag(forms.saved_bar)
register.simple_tag(forms.field)
register.inclusion_tag("ui/error_summary.html")(forms.error_summary)
register.filter("is_tick", forms.is_tick)
register.filter("for_code", forms.for_code)

register.simple_block_tag(compare.side_by_side)
register.simple_block_tag(compare.pane)
register.simple_tag(compare.difference)

register.filter("undo_url", messages.undo_url)
register.filter("message_state", messages.state)
register.filter("city", zones.city)
register.filter("readable_accent", accent.for_print)
register.filter("readable_accent_dark", accent.for_dark)


@register.inclusion_tag("ui/htmx.html")
def htmx() -> dict[str, str]:
    """The htmx script with its safest settings, for the ``scripts`` block of a page that needs it."""
    return {}


@register.simple_tag
def static_if_found(name: str) -> str:
    """The address of a static file, or nothing when it can't be found: an error page must not fail itself."""
    try:
        return static(name)
    except ValueError:
        return ""


@register.simple_tag
def chart(
    drawing: charts.Chart, *, kind: str = "bars", open_table: bool = False, colour: str = charts.PRINT_COLOURS[0]
) -> str:
    """A chart with the table of its numbers; ``kind`` is "bars" or "lines"; ``colour`` the first series' in print."""
    draw = {"bars": charts.bars, "lines": charts.lines}[kind]
    return charts.figure(drawing, draw(drawing, accent=colour), open_table=open_table)
