"""The outbox."""

from mentoring.notices.models.message import Message

__all__ = ["Message"]
