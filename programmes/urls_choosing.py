"""Addresses of choosing, under an organisation."""

from django.urls import path

from programmes.views import (
    choosing,
    choosing_approvals,
    choosing_cohort,
    choosing_requests,
    choosing_supervisors,
    open_lists,
    volunteering,
)
from templates_app.views.worksheet_urls import worksheet_urls

COHORT = "programmes/<slug:programme>/cohorts/<slug:cohort>/"
PERSON = f"{COHORT}people/<uuid:person>/"
PLACE = "place/<uuid:person>/"
REQUEST = "requests/<uuid:asking>/"

urlpatterns = [
    path("lists/", open_lists.lists, name="mentor_lists"),
    path("lists/<slug:programme>/<slug:cohort>/", open_lists.mentor_list, name="mentor_list"),
    path(f"{COHORT}units/", open_lists.units, name="units"),
    path("volunteer/<slug:programme>/", volunteering.volunteer, name="volunteer"),
    path(f"{PLACE}choosing/", choosing.choosing, name="choosing"),
    path(f"{PLACE}mentors/", choosing.mentors, name="mentors"),
    path(f"{PLACE}mentors/by-address/", choosing.by_address, name="name_mentor"),
    path(f"{PLACE}mentors/<uuid:mentor>/", choosing.mentor, name="mentor"),
    path(f"{PLACE}mentors/<uuid:mentor>/in-mind/", choosing.in_mind, name="keep_in_mind"),
    path(f"{PLACE}mentors/<uuid:mentor>/ask/", choosing.ask, name="ask_mentor"),
    path(f"{PLACE}door/", choosing.door, name="own_door"),
    path(f"{PLACE}approval/", choosing_approvals.own, name="approval"),
    path(REQUEST, choosing_requests.request_page, name="request"),
    path(f"{REQUEST}do/<slug:step>/", choosing_requests.step, name="request_step"),
    *worksheet_urls(f"{REQUEST}sheet/", "request_sheet", choosing_requests.find_sheet),
    path("approve/<str:token>/", choosing_approvals.approve, name="approve"),
    path("approve/<str:token>/about/", choosing_supervisors.for_supervisors, name="for_supervisors"),
    path(f"{COHORT}requests/", choosing_cohort.requests, name="requests"),
    path(f"{COHORT}requests/<uuid:asking>/confirm/", choosing_cohort.confirm, name="confirm_request"),
    path(f"{PERSON}approval/", choosing_cohort.approval, name="person_approval"),
    path(f"{PERSON}door/", choosing_cohort.door, name="mentor_door"),
]
