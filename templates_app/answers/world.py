"""What fields may offer of the world: time zones by their places, countries, languages (``options_from``)."""

from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from mentoring.accounts.zones import country_names, zones_by_place
from templates_app.answers.context import AnswerContext, Choice, register_options

_MORE_LANGUAGES = {
    "am": "Amharic",
    "bi": "Bislama",
    "ch": "Chamorro",
    "fj": "Fijian",
    "gil": "Gilbertese",
    "ha": "Hausa",
    "haw": "Hawaiian",
    "ho": "Hiri Motu",
    "ht": "Haitian Creole",
    "lo": "Lao",
    "mg": "Malagasy",
    "mh": "Marshallese",
    "mi": "Māori",
    "na": "Nauruan",
    "niu": "Niuean",
    "pau": "Palauan",
    "ps": "Pashto",
    "rar": "Cook Islands Māori",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sm": "Samoan",
    "sn": "Shona",
    "so": "Somali",
    "ti": "Tigrinya",
    "tkl": "Tokelauan",
    "tl": "Tagalog",
    "to": "Tongan",
    "tpi": "Tok Pisin",
    "tvl": "Tuvaluan",
    "ty": "Tahitian",
    "xh": "Xhosa",
    "yo": "Yoruba",
    "yue": "Cantonese",
    "zu": "Zulu",
}
"""Languages that the framework has no texts in, and people speak nevertheless; code of ISO 639 → English name."""


def offer_the_world() -> None:
    """Offer zones, countries and languages to every field that asks for them. For ``AppConfig.ready``."""
    register_options("zones", lambda _context: [Choice(zone, place) for place, zone in zones_by_place().items()])
    register_options("countries", lambda _context: [Choice(code, name) for code, name in country_names().items()])
    register_options("languages", _languages)


def _languages(context: AnswerContext) -> list[Choice]:
    return [Choice(code, name) for name, code in _languages_in(context.locale)]


@cache
def _languages_in(_locale: str) -> list[tuple[str, str]]:
    """``(name, code)`` in the order of names, in the language of the page."""
    known = {
        code: str(get_language_info(code)["name_translated"]) for code, told in LANG_INFO.items() if "name" in told
    }
    return sorted((name, code) for code, name in (_MORE_LANGUAGES | known).items())
