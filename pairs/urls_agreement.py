"""Addresses of the agreement, under a pairing."""

from django.urls import path

from pairs.views import agreement, agreement_writing, signers

urlpatterns = [
    path("", agreement.agreement, name="agreement"),
    path("begin/", agreement.begin, name="agreement-begin"),
    *agreement_writing.urls,
    path("write/take/<slug:field>/", agreement_writing.take, name="agreement-take"),
    path("clauses/", agreement.clauses, name="agreement-clauses"),
    path("sign/", agreement.sign, name="agreement-sign"),
    path("signers/", signers.signers, name="agreement-signers"),
    path("signers/<slug:key>/", signers.signer, name="agreement-signer"),
    path("step/<slug:name>/", agreement.step, name="agreement-step"),
    path("<int:number>/", agreement.version, name="agreement-version"),
    path("<int:number>/changes/", agreement.comparison, name="agreement-compare"),
]
