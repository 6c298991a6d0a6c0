"""Addresses at which suggested pairs become pairs, groups are made, and matches are proposed, under a cohort's matching."""

from django.urls import path

from pairs.views.alongside import informal, peers
from pairs.views.confirming import confirm
from pairs.views.grouping import make
from pairs.views.proposing import match, proposals, withdraw

MATCHING = "programmes/<slug:programme>/cohorts/<slug:cohort>/matching/"

urlpatterns = [
    path(f"{MATCHING}group/", make, name="group-new"),
    path(f"{MATCHING}informal/", informal, name="informal-new"),
    path(f"{MATCHING}peers/<slug:side>/", peers, name="peers-new"),
    path(f"{MATCHING}proposed/", proposals, name="proposals"),
    path(f"{MATCHING}proposed/<uuid:match>/take-back/", withdraw, name="match-withdraw"),
    path(f"{MATCHING}<uuid:proposal>/confirm/", confirm, name="confirm"),
    path("matches/<uuid:match>/", match, name="match"),
]
