"""Addresses inside an organisation: the way in, and what its admins look after."""

from django.urls import path

from mentoring.organisations.views import history, home, members, partners, settings, words

app_name = "organisations"
urlpatterns = [
    path("", home.home, name="home"),
    path("settings/", settings.settings, name="settings"),
    path("own-words/", words.words, name="words"),
    path("members/", members.member_list, name="members"),
    path("members/new/", members.new_admin, name="new-admin"),
    path("members/<uuid:membership_id>/make-admin/", members.make_admin, name="make-admin"),
    path("members/<uuid:membership_id>/end-admin/", members.end_admin, name="end-admin"),
    path("members/<uuid:membership_id>/shut-out/", members.shut_out, name="shut-out"),
    path("members/<uuid:membership_id>/let-in/", members.let_in, name="let-in"),
    path("partners/", partners.partner_list, name="partners"),
    path("partners/<uuid:partner_id>/", partners.partner, name="partner"),
    path("history/", history.history, name="history"),
]
