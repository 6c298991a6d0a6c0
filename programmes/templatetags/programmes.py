"""``{% load programmes %}``: what pages of programmes say in words."""

from django import template

from programmes.domain.handbook.reading import part_title
from programmes.domain.records.listing import gone_from

register = template.Library()
register.filter("part_title", part_title)
register.simple_tag(gone_from, name="records_gone")
