"""Every address of the installation. An organisation's pages stand under ``/o/<organisation>/``."""

from django.urls import include, path

from mentoring.accounts.views.code import confirm_code

handler400 = "mentoring.ui.views.errors.bad_request"
handler403 = "mentoring.ui.views.errors.forbidden"
handler404 = "mentoring.ui.views.errors.not_found"
handler500 = "mentoring.ui.views.errors.server_error"

organisation_urls = [
    path("", include("mentoring.organisations.urls")),
    path("", include("mentoring.notices.urls")),
    path("", include("evaluation.urls")),
    path("", include("pairs.urls")),
    path("", include("programmes.urls")),
    path("", include("templates_app.urls")),
]

urlpatterns = [
    path("accounts/login/code/confirm/", confirm_code, name="account_confirm_login_code"),  # before allauth's own
    path("accounts/", include("allauth.account.urls")),
    path("", include("mentoring.ui.urls")),
    path("", include("mentoring.accounts.urls")),
    path("", include("mentoring.notices.urls_outside")),
    path("", include("mentoring.organisations.urls_outside")),
    path("", include("demo.urls")),
    path("o/<slug:organisation>/", include(organisation_urls)),
]
