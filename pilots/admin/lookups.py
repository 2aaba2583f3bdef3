"""Only the look-ups that a list offers may stand in its address.

Django allows any look-up on a model's own fields, `name__regex=` included, which a database may
chew on for seconds.
"""

from django.contrib import admin
from django.http import HttpRequest


class ListedLookups(admin.ModelAdmin):
    """Refuses look-ups that no filter of the list makes."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Return whether one of the list's filters makes this look-up."""
        filters = self.get_list_filter(request)
        fields = {f"{name}{end}" for name in filters if isinstance(name, str) for end in ("__exact", "__id__exact")}
        return lookup in fields | {getattr(item, "parameter_name", "") for item in filters}
