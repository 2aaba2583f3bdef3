"""Makes the portal's own site the one that `django.contrib.admin` works with."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Takes the place of "django.contrib.admin" among the installed apps."""

    default_site = "pilots.admin.site.PortalAdminSite"

    def ready(self) -> None:
        """Register what the admin shows. Not in `pilots/admin/__init__.py`, which is imported to make the site."""
        super().ready()
        import_module("pilots.admin.registrations")
