"""Registers the app under the name editors see in the admin; keeps roles and triggers as the code names them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "pilots"
    verbose_name = _("Pilots")

    def ready(self) -> None:
        """Have roles and triggers made, and words forgotten, whenever the database was migrated or emptied."""
        from pilots.models.roles import make_roles
        from pilots.models.triggers import make_triggers, suspend_triggers
        from pilots.search.reindex import forget_words

        pre_migrate.connect(suspend_triggers, sender=self)
        post_migrate.connect(make_roles, sender=self)
        post_migrate.connect(make_triggers, sender=self)
        post_migrate.connect(forget_words, sender=self)
