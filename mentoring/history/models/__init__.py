"""What happened."""

from mentoring.history.models.event import Event

__all__ = ["Event"]
