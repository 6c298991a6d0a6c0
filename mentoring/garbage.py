"""How often Python looks for what holds on to itself and to nothing else.

It looks after 700 new objects unless told otherwise. A page makes tens of thousands, nearly all of which go by themselves when
nobody names them any more: looking so often took a quarter of the tests' work.
"""

import gc

NEW_OBJECTS = 20_000
"""After so many more it looks: a few megabytes at most wait until then."""


def look_seldom() -> None:
    """For the length of this process, and in those that it forks."""
    _youngest, *older = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, *older)
