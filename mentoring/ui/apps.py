"""The app's place in Django."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class UiConfig(AppConfig):
    """The look and the building blocks of every page."""

    name = "mentoring.ui"
    label = "ui"

    def ready(self) -> None:
        """Runs once at start-up."""
        from mentoring.ui import own_nav, words  # noqa: F401 - the foot registers itself

        words.install()


class StaticAssetsConfig(StaticFilesConfig):
    """``django.contrib.staticfiles`` without the files of packages that no page ever asks for.

    Bootstrap's package brings 9 MB of source maps, scripts and right-to-left or partial builds; leaving them out keeps
    collecting and compressing within a second.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.map",
        "bootstrap.css",
        "bootstrap-*.css",
        "*.rtl.css",
        "*.rtl.min.css",
        "bootstrap*.js",
        "jquery*.js",
        "htmx-4*",
        "htmax-4*",
        "htmx-2.js",
        "htmx-2-compat*",
        "hx-*",
    ]
