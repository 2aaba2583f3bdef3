"""What no page of the admin makes is refused: look-ups that a list does not offer, keys that are no numbers.

Django allows any look-up on a model's own fields, `name__regex=` included, which a database may
chew on for seconds; and it breaks on a key such as `abc` in an action or a field with autocompletion.
"""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from pilots.admin.pilot.search import search

KEYS = re.compile(r"(\d{1,18}(,\d{1,18})*)?", re.ASCII)
ENDS = ("__exact", "__id__exact", "__isnull")  # what a filter puts behind the name of its field


class ListedLookups(admin.ModelAdmin):
    """Refuses look-ups that no filter of the list makes, and keys that no row has."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, or carry out an action on the rows whose keys are sent."""
        refuse_strange_keys(request, {ACTION_CHECKBOX_NAME})
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save the form."""
        inlines = {name for inline in self.inlines for name in inline.autocomplete_fields}
        refuse_strange_keys(request, inlines | set(self.autocomplete_fields))
        return super().changeform_view(request, *args, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """What the words find, without case and accents; what stands beyond a limit is not looked for."""
        return search(queryset, self.get_search_fields(request), search_term), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether one of the list's filters makes this look-up."""
        filters = self.get_list_filter(request)
        fields = {f"{name}{end}" for name in filters if isinstance(name, str) for end in ENDS}
        return lookup in fields | {getattr(item, "parameter_name", "") for item in filters}


def refuse_strange_keys(request: HttpRequest, fields: set[str]) -> None:
    """Raise SuspiciousOperation, which is answered with 400, when one of `fields` holds what is no key."""
    for data in (request.GET, request.POST):
        for name in data:
            if name.rpartition("-")[2] in fields and not all(KEYS.fullmatch(key) for key in data.getlist(name)):
                raise SuspiciousOperation(f"“{name}” holds no key of a row.")
