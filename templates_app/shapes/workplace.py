"""Those at the workplace who have no account: line managers of those who take part, and staff who read of the programme."""

from pydantic import Field, model_validator

from templates_app.shapes.base import Key, KitKey, Sourced


class Managers(Sourced):
    """Line managers of those who take part. They are asked by links, and never read what a pair writes (``sssc.must.6``)."""

    offered: bool = True
    words: str = ""
    """Said to whoever names their manager: what the manager is asked, and what they will not be told."""
    worksheet: KitKey | None = None
    """What a manager fills in about one person, as often as there is something to say: that they talked it over, the time that
    is set aside, what they notice; ``filled_by: supervisor``."""
    days: int = Field(default=180, ge=7, le=730)
    """So long a link works, and may be used again."""
    name_from: Key | None = None
    """The question of the joining sheets that asks for the manager's name, where they do."""

    needs: KitKey | None = None
    """What managers are asked once in each planning year: what their staff could use mentoring for. ``filled_by: supervisor``;
    about a unit, with one tick that must be set (that nobody is named, say), and no person in it (``sssc.must.83``)."""
    needs_month: int = Field(default=1, ge=1, le=12)
    needs_day: int = Field(default=1, ge=1, le=28)
    """The day of the year on which the planning year begins, and managers are asked."""
    needs_days: int = Field(default=60, ge=14, le=180)
    """So long answers are gathered; who is named meanwhile is asked too, and later ones when the next year begins."""

    @model_validator(mode="after")
    def _asks_something(self) -> "Managers":
        if self.offered and not (self.worksheet or self.needs):
            raise ValueError("say what managers fill in: add 'worksheet', 'needs' or both")
        return self


class Notice(Sourced):
    """What all staff of the organisations covered read alike, without an account: what the programme is, and its role
    descriptions (``sssc.must.16``). A coordinator opens the page of it; it stands there for everybody, or for nobody.
    """

    offered: bool = True
    words: str = ""
    """The notice itself, in light Markdown."""
    roles: list[KitKey] = []
    """Roles of the handbook that are described there."""
    worksheets: list[KitKey] = []
    """The programme's own worksheets whose newest sheet stands there once it is sent; ``preset: members`` and ``nameless``."""
    articles: list[KitKey] = []
    """Guidance that stands there in full."""
