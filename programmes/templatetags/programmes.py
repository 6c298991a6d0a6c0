"""``{% load programmes %}``: what pages of programmes say in words."""

from django import template

from programmes.domain.handbook.reading import part_title

register = template.Library()
register.filter("part_title", part_title)
