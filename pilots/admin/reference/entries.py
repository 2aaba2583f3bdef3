"""What the admin of every kind of entry shares: slugs, languages, refusals that name the pilots."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from parler.admin import BaseTranslatableAdmin, TranslatableAdmin

from pilots import notifications
from pilots.admin.pilot.views.deletion import gone_along, named_users
from pilots.admin.reference.languages import language_choice
from pilots.admin.reference.restorable import RestorableAdmin
from pilots.admin.translating.rows import RowSideBySideView, ways_to_translate
from pilots.admin.wording import WordingForm
from pilots.history.provenance import note_row, texts_of
from pilots.models import FormerSlug, Passage
from pilots.models.protection import UsedByPilots
from pilots.models.row_texts import text_fields


class KnownLanguage(BaseTranslatableAdmin):
    """Shows texts in a language that the site has; parler itself breaks on any other."""

    def _language(self, request: HttpRequest, obj: Any = None) -> str:
        language = super()._language(request, obj)
        return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def get_form_language(self, request: HttpRequest, obj: Any = None) -> str:
        """The language that the form is in: what is new is written in that of the originals."""
        return settings.LANGUAGE_CODE if obj is None else super().get_form_language(request, obj)


class EntryAdmin(RestorableAdmin, KnownLanguage, TranslatableAdmin):
    """A kind of entry with a slug and texts in several languages."""

    form = WordingForm
    slug_from: str = "name"
    has_history = False
    list_per_page = 50
    save_on_top = True

    def get_urls(self) -> list[URLPattern]:
        """The pages about rows, with that which shows a row without a history side by side with its English."""
        if self.has_history:
            return super().get_urls()
        view = self.admin_site.admin_view(RowSideBySideView.as_view(model_admin=self))
        name = f"pilots_{self.opts.model_name}_translate"
        return [path("<int:pk>/translate/<slug:language>/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer the way to translate what has no history."""
        row = context.get("original")
        if row and not self.has_history:
            context["ways_to_translate"] = ways_to_translate(request.user, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        """All rows with their texts, so that lists need no query a row."""
        return super().get_queryset(request).prefetch_related("translations")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The groups of fields; with what is said of changed English where it is changed and has no history."""
        fieldsets = super().get_fieldsets(request, obj)
        is_original = obj and self.get_form_language(request, obj) == settings.LANGUAGE_CODE
        if self.has_history or not is_original or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (None, {"fields": ("wording_only",)})]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns. One for a text shows another language's where it is empty in the editor's."""
        columns = super().get_list_display(request)
        return [text_column(self.model, name) if name in text_fields(self.model) else name for name in columns]

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """The rows to choose from with their texts, so that the chosen ones need no query each."""
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.using(db)
        return rows.prefetch_related("translations")

    def get_language_tabs(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """The tabs: none before there is an original to translate, which nobody is offered to delete."""
        tabs = super().get_language_tabs(request, obj, *args, **kwargs)
        if obj is None:
            tabs.clear()
        elif self.get_form_language(request, obj) == settings.LANGUAGE_CODE or not self.may_delete_texts(request, obj):
            tabs.allow_deletion = False
        return tabs

    def may_delete_texts(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_delete_permission(request, obj)

    def delete_translation(self, request: HttpRequest, object_id: str, language_code: str) -> HttpResponse:
        """Delete the texts in one language, which is never that of the originals."""
        if language_code != settings.LANGUAGE_CODE:
            return super().delete_translation(request, object_id, language_code)
        words = _("The English texts are the originals: change them, or delete the entry.")
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:pilots_{self.opts.model_name}_change", args=[object_id]))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """Fill in the slug of a new entry as its name is typed; leave that of an old one alone."""
        return {} if obj else {"slug": (self.slug_from,)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 (Django's)
        """Save, and note who made the texts; after a change of slug the old address redirects, and passages follow."""
        before = None if self.has_history else texts_of(obj)
        super().save_model(request, obj, form, change)
        if before is not None:
            wording_only = form.cleaned_data.get("wording_only", False)
            after = note_row(obj, before, by=request.user, wording_only=wording_only)
            notifications.outdated_row(obj, before, after, request.user)
        if change and "slug" in form.changed_data:
            old = form.initial["slug"]
            FormerSlug.objects.remember(obj, old=old)
            if isinstance(obj, UsedByPilots):
                Passage.objects.follow(obj._meta.get_field("pilots").remote_field.name, old=old, new=obj.slug)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, list[Any]]:
        """What a deletion would take along; what pilots use is protected, and they are named."""
        _deleted, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        deleted, counts = gone_along(list(objs))
        users = {pilot for row in objs if isinstance(row, UsedByPilots) for pilot in row.users()}
        if users:
            protected = named_users(users, request.user)
        return deleted, counts, lacking, protected

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return language_choice(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave out the sign that empties a box: it stands in the list of choices, where screen readers expect none."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name in self.autocomplete_fields:
            field.widget.is_required = True  # of the box, not of the field
        return field

    @admin.display(description=_("on the site"))
    def public_page(self, row: Any) -> str:
        """A link to the entry's public page, or a dash when it has none."""
        url = self.view_on_site(row)
        return format_html('<a href="{}">{}</a>', url, _("View")) if url else "–"

    def view_on_site(self, row: Any) -> str | None:
        """The address of the entry's public page, or None when visitors cannot see one."""
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None


def text_column(model: Any, field: str) -> Any:
    """A column of the list with what `any_text` says."""

    def column(row: Any) -> str:
        text: str = row.any_text(field)
        return text

    column.__name__ = field
    column.short_description = getattr(model, field).short_description  # type: ignore[attr-defined]
    return column
