"""Addresses of the look itself: an accent's stylesheet, the page that shows every component; and what is said about privacy."""

from django.conf import settings
from django.urls import path, re_path

from mentoring.ui.views.accent import accent
from mentoring.ui.views.privacy import privacy
from mentoring.ui.views.styles import styles

app_name = "ui"
urlpatterns = [
    re_path(r"^accent/(?P<digits>[0-9a-f]{6})\.css$", accent, name="accent"),
    path("privacy/", privacy, name="privacy"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("styles/", styles, name="styles"))
