"""Addresses of matching, under a cohort."""

from django.urls import path

from programmes.views import matching, matching_criteria

urlpatterns = [
    path("", matching.board, name="matching"),
    path("suggest/", matching.suggest, name="matching-suggest"),
    path("by-hand/", matching.by_hand, name="matching-by-hand"),
    path("criteria/", matching_criteria.criteria, name="matching-criteria"),
    path("criteria/add/", matching_criteria.add, name="matching-criterion-add"),
    path("criteria/<slug:key>/<slug:name>/", matching_criteria.step, name="matching-criterion-step"),
    path("conflicts/", matching_criteria.conflicts, name="matching-conflicts"),
    path("conflicts/<uuid:conflict>/allow/", matching_criteria.allow, name="matching-conflict-allow"),
    path("conflicts/<uuid:conflict>/weigh/", matching_criteria.weigh, name="matching-conflict-weigh"),
    path("conflicts/<uuid:conflict>/withdraw/", matching_criteria.withdraw, name="matching-conflict-withdraw"),
    path("<uuid:proposal>/<slug:name>/", matching.step, name="matching-step"),
]
