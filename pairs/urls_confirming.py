"""Addresses at which suggested pairs become pairs, under a cohort's matching."""

from django.urls import path

from pairs.views.confirming import confirm

urlpatterns = [
    path(
        "programmes/<slug:programme>/cohorts/<slug:cohort>/matching/<uuid:proposal>/confirm/", confirm, name="confirm"
    ),
]
