"""Addresses for those at the workplace who have no account, under an organisation."""

from django.urls import path

from programmes.views import managers, needs, notice

PERSON = "programmes/<slug:programme>/cohorts/<slug:cohort>/people/<uuid:person>/"

urlpatterns = [
    path("place/<uuid:person>/manager/", managers.own, name="own_manager"),
    path(f"{PERSON}manager/", managers.of_person, name="person_manager"),
    path("programmes/<slug:programme>/managers/", needs.needs, name="staff_needs"),
    path("programmes/<slug:programme>/managers/<uuid:manager>/remove/", needs.remove, name="unlist_manager"),
    path("programmes/<slug:programme>/notice/", notice.keep, name="keep_notice"),
    path("notice/<slug:code>/", notice.notice, name="notice"),
    path("needs/<str:token>/", needs.page, name="needs_page"),
    path("manager/<str:token>/", managers.page, name="manager_page"),
]
