"""The site of the admin: its first page, and the pages that belong to no one kind of entry."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.templatetags import admin_list
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pilots.admin.accounts.ask_again import AskAgain, asks_again
from pilots.admin.accounts.factors import FirstFactor, OwnAddFactor, own_factors
from pilots.admin.accounts.language import own_language
from pilots.admin.accounts.login import FactorView, PasswordView
from pilots.admin.accounts.lost_factor import LostFactor
from pilots.admin.accounts.own_sessions import own_sessions
from pilots.admin.accounts.passwords import OwnPasswordView
from pilots.admin.dashboard import language_sections, sections
from pilots.admin.how_it_is import how_it_is
from pilots.admin.how_to import how_to, picture, terms
from pilots.admin.unsaved_forms import unsaved_form, unsaved_list
from pilots.models import UnsavedForm
from pilots.pages.preview import framed
from pilots.security_log import Event, record

# What a form sends that only says that it is open: that is no use of the session.
BY_ITSELF = "by_itself"


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

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """A view for who is logged in. It counts as use of the session, unless a form only says that it is open."""

        @wraps(view)
        def used(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.POST.get(BY_ITSELF) is None:
                store: Any = request.session
                store.touch()
            return asks_again(view)(request, *args, **kwargs)

        return super().admin_view(used, cacheable)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The page that asks for name and password; whoever is logged in goes on."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": gettext("Log in"),
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **({} if "next" in request.GET or "next" in request.POST else {"next": reverse("admin:index")}),
        }
        return PasswordView.as_view(extra_context=context | (extra_context or {}))(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The page to change one's own password."""
        return OwnPasswordView.as_view(extra_context=extra_context)(request)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's page, which has the browser forget what it kept of the admin. It knows the browser still."""
        if request.method == "POST":
            record(Event.LOGGED_OUT, by=request.user)
        response = super().logout(request, extra_context)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the pages above; those of an entry are in `PilotAdmin.get_urls`."""
        wrap = self.admin_view
        return [
            path("login/code/", FactorView.as_view(), name="login-factor"),
            path("login/second-factor/", FirstFactor.as_view(), name="login-add-factor"),
            path("second-factor/", wrap(own_factors), name="own-factors"),
            path("second-factor/add/", wrap(OwnAddFactor.as_view()), name="add-factor"),
            path("auth/user/<int:pk>/lost-factor/", wrap(LostFactor.as_view()), name="lost-factor"),
            path("ask-again/", wrap(AskAgain.as_view()), name="ask-again"),
            path("sessions/", wrap(own_sessions), name="own-sessions"),
            path("how-it-is/", wrap(how_it_is), name="how-it-is"),
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
