"""The work app: what is to be done in the background, as rows that get claimed."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Background work."""

    name = "mentoring.work"
    label = "work"
