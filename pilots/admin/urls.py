"""Addresses below /admin/."""

from django.contrib import admin
from django.urls import path

from pilots.admin.accounts import passwords

urlpatterns = [
    # Django's own pages and templates look for these names outside the namespace of the admin.
    *passwords.urlpatterns,
    path("", admin.site.urls),
]
