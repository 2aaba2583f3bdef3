"""Where editors change entries: Django's admin, one module a kind of entry."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pilots.admin.accounts import users
from pilots.admin.pilot import pilot_admin
from pilots.admin.reference import organisations, slugs, sources, synonyms, vocabulary

__all__ = ["organisations", "pilot_admin", "slugs", "sources", "synonyms", "users", "vocabulary"]

admin.site.site_header = _("PREPARE pilots: editing")
admin.site.site_title = _("PREPARE pilots")
admin.site.index_title = _("What do you want to change?")
# The list of all tables beside every page takes the room that long texts need; the first page has it.
admin.site.enable_nav_sidebar = False
# Rows are deleted one at a time: what has no history could not be brought back, least of all many rows at once.
admin.site.disable_action("delete_selected")
