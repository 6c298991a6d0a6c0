"""Addresses at which suggested pairs become pairs, and groups are made, under a cohort's matching."""

from django.urls import path

from pairs.views.alongside import informal, peers
from pairs.views.confirming import confirm
from pairs.views.grouping import make

urlpatterns = [
    path("programmes/<slug:programme>/cohorts/<slug:cohort>/matching/group/", make, name="group-new"),
    path("programmes/<slug:programme>/cohorts/<slug:cohort>/matching/informal/", informal, name="informal-new"),
    path("programmes/<slug:programme>/cohorts/<slug:cohort>/matching/peers/<slug:side>/", peers, name="peers-new"),
    path(
        "programmes/<slug:programme>/cohorts/<slug:cohort>/matching/<uuid:proposal>/confirm/", confirm, name="confirm"
    ),
]
