"""Addresses of the look itself: an accent's stylesheet, and the page that shows every component."""

from django.conf import settings
from django.urls import path, re_path

from mentoring.ui.views.accent import accent
from mentoring.ui.views.styles import styles

app_name = "ui"
urlpatterns = [re_path(r"^accent/(?P<digits>[0-9a-f]{6})\.css$", accent, name="accent")]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("styles/", styles, name="styles"))
