"""Addresses at which a pairing ends, or changes its members, under the pairing."""

from django.urls import path

from pairs.views import ending, finishing, grouping

urlpatterns = [
    path("end/", ending.end_early, name="end-early"),
    path("members/", grouping.members, name="members"),
    path("members/<uuid:participant>/take-out/", grouping.take_out, name="member-take-out"),
    path("finish/", finishing.finish, name="finish"),
    path("another-match/", finishing.ask, name="rematch-ask"),
    path("another-match/<uuid:participant>/", finishing.decide, name="rematch-decide"),
    path("complete/", ending.complete, name="complete"),
]
