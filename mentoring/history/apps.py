"""The history app: who did what to what, when."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The audit trail."""

    name = "mentoring.history"
    label = "history"
