"""Registers the app under the name editors see in the admin, and keeps the roles as the code names them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    """The app's configuration."""

    name = "pilots"
    verbose_name = _("Pilots")

    def ready(self) -> None:
        """Have the roles made whenever the database was migrated or emptied."""
        from pilots.models.roles import make_roles

        post_migrate.connect(make_roles, sender=self)
