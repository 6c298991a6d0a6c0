"""Places for time zones: what people call the place whose clock they read."""

from django.utils.translation import gettext

_CITIES = {
    "America/Argentina/Buenos_Aires": "Buenos Aires",
    "America/Asuncion": "Asunción",
    "America/Bogota": "Bogotá",
    "America/Mexico_City": "Mexico City",
    "America/New_York": "New York",
    "America/Sao_Paulo": "São Paulo",
    "America/St_Johns": "St John’s",
    "Asia/Ho_Chi_Minh": "Ho Chi Minh City",
    "Atlantic/Reykjavik": "Reykjavík",
    "Australia/ACT": "Canberra",
    "Australia/Lord_Howe": "Lord Howe Island",
    "Pacific/Chatham": "the Chatham Islands",
    "Pacific/Easter": "Rapa Nui",
    "Pacific/Efate": "Port Vila",
    "Pacific/Enderbury": "Kanton",
    "Pacific/Fiji": "Suva",
    "Pacific/Galapagos": "the Galápagos",
    "Pacific/Guadalcanal": "Honiara",
    "Pacific/Guam": "Hagåtña",
    "Pacific/Kosrae": "Kosrae",
    "Pacific/Niue": "Alofi",
    "Pacific/Norfolk": "Norfolk Island",
    "Pacific/Noumea": "Nouméa",
    "Pacific/Pago_Pago": "Pago Pago",
    "Pacific/Port_Moresby": "Port Moresby",
    "Pacific/Tahiti": "Papeʻete",
    "Pacific/Tongatapu": "Nukuʻalofa",
    "Pacific/Wallis": "Matāʻutu",
    "US/Samoa": "Pago Pago",
}
"""Zones whose own name is a country, an island or a spelling that people there do not use for the place they are in."""

_UNIVERSAL = {"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Etc/Universal", "Universal", "Zulu", "Etc/Zulu"}


def city(zone_id: str) -> str:
    """The name to put after "in": "Nukuʻalofa" for ``Pacific/Tongatapu``. Unknown zones give the last part of their id."""
    if zone_id in _UNIVERSAL:
        return gettext("universal time")
    return _CITIES.get(zone_id) or zone_id.rsplit("/", 1)[-1].replace("_", " ")


def region(zone_id: str) -> str:
    """The part of the world a zone's id begins with ("Pacific"), for grouping a list of choices."""
    return zone_id.split("/", 1)[0].replace("_", " ") if "/" in zone_id else gettext("Other")
