"""Addresses of notices outside any organisation: what a person gets by e-mail, from all of them."""

from django.urls import path

from mentoring.notices.views.preferences import preferences

app_name = "mail"
urlpatterns = [path("me/mail/", preferences, name="preferences")]
