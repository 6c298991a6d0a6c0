"""Every extra of a question's page, in the order in which they stand there."""

from programmes.forms.designing_extras import About, Extra
from programmes.forms.designing_gathers import GathersExtra
from programmes.forms.designing_told import BesideExtra, LayersExtra, TalkExtra

EXTRAS: tuple[type[Extra], ...] = (TalkExtra, GathersExtra, LayersExtra, BesideExtra)


def extras_for(about: About) -> list[Extra]:
    """Those that have an effect where the question stands, or that stand there already."""
    made = (extra(about) for extra in EXTRAS)
    return [extra for extra in made if extra.is_offered()]
