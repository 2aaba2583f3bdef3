"""Addresses of the site: the app's, the admin's, and the pages for errors."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("pilots.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "pilots.pages.errors.bad_request"
handler403 = "pilots.pages.errors.forbidden"
handler404 = "pilots.pages.errors.not_found"
handler500 = "pilots.pages.errors.server_error"
