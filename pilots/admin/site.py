"""The site of the admin: its first page, and the pages that belong to no one kind of entry."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.templatetags import admin_list
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilots.admin.accounts.language import own_language
from pilots.admin.dashboard import language_sections, sections
from pilots.admin.how_to import how_to, picture, terms
from pilots.admin.unsaved_forms import unsaved_form, unsaved_list
from pilots.models import UnsavedForm
from pilots.pages.preview import framed


def boolean_icon(value: bool | None) -> SafeString:  # noqa: FBT001 (Django's)
    """Django's picture of yes, no or unknown, with its text in the page's language: Django says “True” in all."""
    icons = {True: ("yes", gettext("Yes")), False: ("no", gettext("No")), None: ("unknown", gettext("Unknown"))}
    name, words = icons[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), words)


admin_list._boolean_icon = boolean_icon  # type: ignore[attr-defined]  # noqa: SLF001


class PortalAdminSite(AdminSite):
    """What `django.contrib.admin.site` is here."""

    site_header = _("PREPARE pilots: editing")
    site_title = _("PREPARE pilots")
    index_title = _("What do you want to change?")
    # The list of all tables beside every page takes the room that long texts need; the first page has it.
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Rows are deleted one at a time: what has no history could not be brought back, least of all many at once.
        self.disable_action("delete_selected")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the tasks above the list of all tables. A query a task and one for all titles, on top of Django's."""
        has_unsaved = UnsavedForm.objects.of(request.user).exists()
        languages = language_sections(request.user)
        tasks = {"languages": languages, "sections": sections(request.user), "has_unsaved": has_unsaved}
        return super().index(request, {**tasks, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the pages above; those of an entry are in `PilotAdmin.get_urls`."""
        wrap = self.admin_view
        return [
            path("how-to/", wrap(how_to), name="how-to"),
            path("how-to/terms/", wrap(terms), name="terms"),
            path("how-to/screenshots/<slug:name>.png", wrap(picture), name="how-to-picture"),
            path("language/", wrap(own_language), name="own-language"),
            path("unsaved/", wrap(unsaved_list), name="unsaved-forms"),
            path("unsaved/<int:pk>/", wrap(unsaved_form), name="unsaved-form"),
            path("preview/<int:pk>/", wrap(framed), name="framed-preview"),
            path("r/<path:anything>", no_such_page),
            *super().get_urls(),
        ]


def no_such_page(request: HttpRequest, anything: str) -> HttpResponse:
    """Answer 404 in the place of Django's redirect to the public page of any row: it tells the slug of any draft."""
    raise Http404
