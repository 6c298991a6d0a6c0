"""Addresses of templates_app, under an organisation."""

from django.urls import path, re_path

from templates_app.views import documents, files, pictures

app_name = "templates_app"
urlpatterns = [
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("documents/<uuid:document_id>/state/", documents.state, name="document_state"),
    path("documents/<uuid:document_id>/retry/", documents.retry, name="document_retry"),
    path("documents/<uuid:document_id>/download/", documents.download, name="document_download"),
    path("worksheets/<uuid:version_id>/blank/", documents.blank_worksheet, name="blank_worksheet"),
    path("files/<uuid:upload_id>/", files.file, name="file"),
    re_path(r"^pictures/(?P<kept>[0-9a-f]{64})/$", pictures.picture, name="picture"),
]
