"""Addresses of the demo."""

from django.urls import path

from demo.views import mail, start

app_name = "demo"
urlpatterns = [
    path("demo/", start.start, name="start"),
    path("demo/sign-in/<slug:key>/", start.sign_in, name="sign-in"),
    path("demo/mail/", mail.letters, name="mail"),
    path("demo/mail/<slug:name>/", mail.letter, name="letter"),
    path("demo/mail/<slug:name>/html/", mail.html, name="html"),
    path("demo/mail/<slug:name>/<int:number>/", mail.attachment, name="attachment"),
]
