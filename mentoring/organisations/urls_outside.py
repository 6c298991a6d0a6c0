"""Addresses outside any organisation: the start page, and creating one."""

from django.urls import path

from mentoring.organisations.views import landing, new

urlpatterns = [
    path("", landing.home, name="home"),
    path("organisations/new/", new.new, name="new-organisation"),
    path("organisations/new/<str:token>/", new.new, name="new-organisation-invited"),
]
