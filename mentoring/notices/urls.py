"""Addresses of notices, inside an organisation."""

from django.urls import path

from mentoring.notices.views import inbox, outbox

app_name = "notices"
urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/read/", inbox.read_all, name="read-all"),
    path("notices/<uuid:message_id>/", inbox.show, name="notice"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<uuid:message_id>/", outbox.show, name="outbox-message"),
    path("outbox/<uuid:message_id>/retry/", outbox.retry, name="outbox-retry"),
    path("outbox/<uuid:message_id>/withdraw/", outbox.withdraw, name="outbox-withdraw"),
]
