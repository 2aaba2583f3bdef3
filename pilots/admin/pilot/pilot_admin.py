"""Editing pilots: the form, the list, and the actions that move them through the workflow."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilots import workflow
from pilots.admin.pilot.conflicts.conflict_admin import ConflictAdmin
from pilots.admin.pilot.conflicts.merge_view import MergeView
from pilots.admin.pilot.entry_status import entry_status
from pilots.admin.pilot.fieldsets import FIELDSETS
from pilots.admin.pilot.list_filters import ByActivityType, ByCountry, ByPartner, ByTask, ByTranslation
from pilots.admin.pilot.parts import KeyFigureInline, LessonInline, OrganisationInvolvedInline, PassageInline
from pilots.admin.pilot.source_sentences import sentences_by_field, with_sentences
from pilots.admin.pilot.views.bulk_transitions import TRANSITION_ACTIONS, BulkTransitionView
from pilots.admin.pilot.views.bulk_values import BulkValueView, change_value
from pilots.admin.pilot.views.checks import AcceptView, ReopenView, checks_of
from pilots.admin.pilot.views.history import CompareView, HistoryView
from pilots.admin.pilot.views.import_progress import ImportRunView
from pilots.admin.pilot.views.imports import BatchesView, BatchView, ImportView, ProcessImportView
from pilots.admin.pilot.views.presence import PresenceView, others_at
from pilots.admin.pilot.views.preview import PreviewView, RevokeLinkView
from pilots.admin.pilot.views.restore import DeletedView, RecoverView, RestoreView
from pilots.admin.pilot.views.spreadsheets import ExportView, TemplateView, export_chosen
from pilots.admin.pilot.views.successor import following, lead_on
from pilots.admin.pilot.views.transitions import TransitionView, buttons_for
from pilots.admin.pilot.views.writers import WritersView
from pilots.admin.reference.entries import EntryAdmin
from pilots.admin.translating.names_table import NamesView
from pilots.admin.translating.po_export import EntryPoView, PoView
from pilots.admin.translating.po_import import PoImportView, ProcessPoView
from pilots.admin.translating.side_by_side import SideBySideView
from pilots.admin.translating.table import TranslationsView
from pilots.admin.unsaved_forms import store_typed
from pilots.models import Pilot
from pilots.models.access import readable_pilots
from pilots.models.pilot import PROFILE

# Every page about pilots apart from the form and the list: its address, its view, the end of its name.
PAGES: tuple[tuple[str, Any, str], ...] = (
    # One pilot
    ("<int:pk>/merge/", MergeView, "merge"),
    ("<int:pk>/move/<slug:name>/", TransitionView, "move"),
    ("<int:pk>/writers/", WritersView, "writers"),
    ("<int:pk>/checks/<slug:token>/accept/", AcceptView, "accept"),
    ("<int:pk>/checks/<int:accepted>/reopen/", ReopenView, "reopen"),
    ("<int:pk>/history/compare/", CompareView, "compare"),
    ("<int:pk>/history/<int:revision>/bring-back/", RestoreView, "restore"),
    ("<int:pk>/preview/", PreviewView, "preview"),
    ("<int:pk>/preview/links/<int:link>/revoke/", RevokeLinkView, "revoke_link"),
    ("<int:pk>/translate/<slug:language>/", SideBySideView, "translate"),
    ("<int:pk>/translate/<slug:language>/export/", EntryPoView, "export_entry_po"),
    ("<int:pk>/presence/", PresenceView, "presence"),
    # Deleted ones
    ("deleted/", DeletedView, "deleted"),
    ("deleted/<int:revision>/recover/", RecoverView, "recover"),
    # Many
    ("translations/", TranslationsView, "translations"),
    ("translations/names/<slug:language>/", NamesView, "names"),
    ("translations/export/<slug:language>/", PoView, "export_po"),
    ("many/<slug:name>/", BulkTransitionView, "move_many"),
    ("value/", BulkValueView, "value"),
    ("export/", ExportView, "export"),
    ("import/", ImportView, "import"),
    ("import/template/", TemplateView, "import_template"),
    # Below import/, where files as large as that are let through.
    ("import/translations/", PoImportView, "import_po"),
    ("import/translations/process/", ProcessPoView, "process_po"),
    ("process_import/", ProcessImportView, "process_import"),
    ("imports/", BatchesView, "imports"),
    ("imports/<uuid:batch>/", BatchView, "batch"),
    ("imports/<uuid:batch>/run/", ImportRunView, "import_run"),
)


@admin.register(Pilot)
class PilotAdmin(ConflictAdmin, EntryAdmin):
    """Pilots."""

    slug_from = "title"
    has_history = True
    list_display = ("named", "authority", "status_and_plan", "how_complete", "changed_on", "public_page")
    list_filter = (ByTask, "status", ByTranslation, ByCountry, ByPartner, ByActivityType)
    search_fields = ("slug", "translations__title", "translations__summary", "authority__translations__name")
    # A copy stands below its original. Where NULL comes is said, because the databases do not agree on it.
    ordering = (Coalesce("revises__slug", "slug"), F("revises").asc(nulls_first=True))
    change_form_template = "admin/pilots/pilot/form.html"
    change_list_template = "admin/pilots/pilot/list.html"
    actions = (*TRANSITION_ACTIONS, change_value, export_chosen)
    autocomplete_fields = ("authority", "partners", "activity_types", "audiences", "target_groups", "stages", "source")
    readonly_fields = ("status", "published_at", "created_at", "updated_at", "address")
    inlines = (LessonInline, KeyFigureInline, OrganisationInvolvedInline, PassageInline)
    fieldsets = FIELDSETS

    def get_urls(self) -> list[URLPattern]:
        """All pages, those about one pilot leading on from a working copy that was deleted."""
        wrap = self.admin_site.admin_view
        patterns: list[URLPattern] = [
            path(route, wrap(view.as_view(model_admin=self)), name=f"pilots_pilot_{name}")
            for route, view, name in PAGES
        ]
        patterns += super().get_urls()
        for pattern in patterns:
            pattern.callback = following(pattern.callback)
        return patterns

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Lead on in the place of Django's way to the admin's first page."""
        return (
            store_typed(request)
            or lead_on(request, object_id)
            or super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pilot]:
        """The pilots that the account may read, with what the list shows."""
        rows = readable_pilots(request.user, super().get_queryset(request))
        return rows.select_related("authority", "revises", "working_copy").prefetch_related("authority__translations")

    def get_fieldsets(self, request: HttpRequest, obj: Pilot | None = None) -> Any:
        """The form's groups, with the source's sentences: a public address is not changed; readers give no reason."""
        fieldsets: Any = super().get_fieldsets(request, obj)
        groups = [(name, dict(group)) for name, group in fieldsets]
        if obj and not self.has_change_permission(request, obj):
            groups = groups[:-1]
        elif obj is None or self.get_form_language(request, obj) != settings.LANGUAGE_CODE:
            name, last = groups[-1]
            groups[-1] = (name, last | {"fields": tuple(field for field in last["fields"] if field != "wording_only")})
        if obj and (obj.is_public or obj.revises_id):
            for _name, group in groups:
                group["fields"] = tuple("address" if field == "slug" else field for field in group["fields"])
        for _name, group in groups:
            group["fields"] = with_sentences(group["fields"], sentences_by_field(obj))
        return groups

    def get_readonly_fields(self, request: HttpRequest, obj: Pilot | None = None) -> Any:
        """What is shown and not edited: with it, the sentences of the source beside the texts."""
        return (*super().get_readonly_fields(request, obj), *sentences_by_field(obj).values())

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give the items of the profile low boxes: there are fourteen, and most stay empty."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in PROFILE:
            field.widget.attrs["rows"] = 3
        return field

    @admin.display(description=_("address"))
    def address(self, row: Pilot) -> str:
        return reverse("pilot", args=[row.public_slug])

    def has_change_permission(self, request: HttpRequest, obj: Pilot | None = None) -> bool:
        """Whether the account may change this entry; what a form sends is judged when it is saved."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.method == "POST":
            return True
        return workflow.may_write(request.user, obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Show the portal's own history in the place of Django's."""
        return HistoryView.as_view(model_admin=self)(request, pk=object_id)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with its state, the moves that the account can make, who else has it open, and the checks."""
        pilot, user = context.get("original"), request.user
        if pilot:
            context |= entry_status(user, pilot) | {"moves": buttons_for(user, pilot), "others": others_at(pilot, user)}
            if not context.get("is_popup"):
                language = self.get_form_language(request, pilot)
                context |= checks_of(request, pilot, language if self.has_change_permission(request, pilot) else None)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Pilot, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead on to the move that the button names, else say that it was added."""
        return self.after_saving(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Pilot) -> HttpResponse:
        """Lead on to the move that the button names, else say that it was changed."""
        return self.after_saving(request, obj) or super().response_change(request, obj)

    def after_saving(self, request: HttpRequest, pilot: Pilot) -> HttpResponse | None:
        """Lead from saving on to the page of the move that the button names."""
        name = next((name for name in ("submit", "publish") if f"_{name}" in request.POST), None)
        if name is None:
            return None
        self.message_user(request, _("“%(pilot)s” is saved.") % {"pilot": pilot}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:pilots_pilot_move", args=[pilot.pk, name]))

    def delete_model(self, request: HttpRequest, obj: Pilot) -> None:
        """Delete a pilot, or throw a working copy away; the history keeps what it said."""
        if obj.revises_id:
            workflow.discard(obj, by=request.user)
        else:
            workflow.delete(obj, by=request.user)

    @admin.display(description=_("title"))
    def named(self, row: Pilot) -> str:
        """The title, and whether it is that of a working copy."""
        return gettext("Working copy: %(title)s") % {"title": row} if row.revises_id else str(row)

    @admin.display(description=_("status"), ordering="status")
    def status_and_plan(self, row: Pilot) -> str:
        """The status, and when it is to be published or should have been."""
        if row.publish_at is None:
            return row.get_status_display()
        words = gettext("%(status)s, to be published on %(at)s (UTC)")
        if row.is_overdue:
            words = gettext("%(status)s, publication overdue since %(at)s (UTC)")
        at = date_format(row.publish_at, "DATETIME_FORMAT")
        return words % {"status": row.get_status_display(), "at": at}

    def view_on_site(self, row: Pilot) -> str | None:
        """The pilot's page, if it is published."""
        return row.get_absolute_url() if row.is_public else None

    @admin.display(description=_("complete"), ordering="completeness")
    def how_complete(self, row: Pilot) -> str:
        """How full the entry is, in per cent."""
        return gettext("%(figure)d %%") % {"figure": row.completeness}

    @admin.display(description=_("last changed"), ordering="updated_at")
    def changed_on(self, row: Pilot) -> date:
        """The day of the last change."""
        return row.updated_at.date()

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the account may change what the public sees."""
        return request.user.has_perm("pilots.publish_pilot")
