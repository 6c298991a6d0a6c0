"""Addresses at which a pairing ends, under the pairing."""

from django.urls import path

from pairs.views import ending

urlpatterns = [
    path("end/", ending.end_early, name="end-early"),
    path("complete/", ending.complete, name="complete"),
]
