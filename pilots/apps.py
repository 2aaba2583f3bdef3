"""Registers the app under the name editors see in the admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    """The app's configuration."""

    name = "pilots"
    verbose_name = _("Pilots")
