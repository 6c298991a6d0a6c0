"""Choosing a time zone by the name of a place."""

import zoneinfo

import pytest
from django import forms

from mentoring.accounts.forms.zones import ZoneField
from mentoring.accounts.zones import place_of, zone_meant, zones_by_place


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Apia, Samoa", "Pacific/Apia"),
        ("apia", "Pacific/Apia"),
        ("Samoa", "Pacific/Apia"),
        ("Pacific/Apia", "Pacific/Apia"),
        ("pacific/pago pago", "Pacific/Pago_Pago"),
        ("Pago Pago", "Pacific/Pago_Pago"),
        ("Tonga", "Pacific/Tongatapu"),
        ("Lord Howe Island", "Australia/Lord_Howe"),
        ("London", "Europe/London"),
        ("UTC", "UTC"),
        ("Australia", None),
        ("Kiribati", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_what_people_type(typed, zone):
    assert zone_meant(typed) == zone


def test_every_place_stands_for_one_zone_and_back():
    places = zones_by_place()
    assert len(set(places.values())) == len(places)
    assert set(places.values()) <= zoneinfo.available_timezones()
    for place, zone in places.items():
        assert place_of(zone) == place
        assert zone_meant(place) == zone


class OneZone(forms.Form):
    zone = ZoneField()


def test_a_zone_is_shown_as_its_place_with_all_others_to_choose_from():
    html = str(OneZone(initial={"zone": "Pacific/Apia"})["zone"])
    assert 'value="Apia, Samoa"' in html
    assert 'list="id_zone_suggested"' in html
    assert html.count("<option") == len(zones_by_place())


def test_the_field_gives_the_zones_name():
    form = OneZone({"zone": " brisbane "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"zone": "Australia/Brisbane"}


def test_an_unclear_place_is_answered_with_what_may_be_meant():
    form = OneZone({"zone": "Kiribati"})
    assert "Tarawa" in str(form.errors["zone"])
    assert str(OneZone({"zone": "Kiribati"})["zone"]).count('value="Kiribati"') == 1
