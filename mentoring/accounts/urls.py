"""Addresses of a person's own page."""

from django.urls import path

from mentoring.accounts.views import me

app_name = "accounts"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/sign-out-elsewhere/", me.sign_out_elsewhere, name="sign-out-elsewhere"),
]
