"""Rooms beside the mentoring itself that a programme may open or leave closed."""

from pydantic import Field

from templates_app.shapes.base import Sourced


class Files(Sourced):
    """Documents that the people of a pairing share among themselves."""

    offered: bool = True
    words: str = ""
    """Shown above the form, such as what does not belong there."""
    megabytes: int = Field(100, ge=1, le=2000)
    """How much all files of one pairing may take up together."""
