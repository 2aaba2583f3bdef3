"""The hidden fields with which a form of the admin survives the end of its session."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from django import template

from pilots.form_store import RESTORED, TOKEN, FormToken, address_of
from pilots.models import UnsavedForm

register = template.Library()


@register.inclusion_tag("admin/unsaved/token.html", takes_context=True)
def form_token(context: Any, address: str = "") -> dict[str, Any]:
    """The token of a form, sent to `address` or to the page's own; and what is stored of this form. One query."""
    request = context["request"]
    path = urlsplit(urljoin(request.path, address)).path
    here = address_of(request) if path == request.path else path
    title = ": ".join(str(context[name]) for name in ("title", "subtitle") if context.get(name))
    restored = request.POST.get(RESTORED, "")
    unsaved = None if restored else UnsavedForm.objects.of(request.user).filter(address=here).only("pk").first()
    return {
        "name": TOKEN,
        "token": FormToken(request.user.pk, path, title).signed(),
        "restored_name": RESTORED,
        "restored": restored[:18],
        "unsaved": unsaved,
    }
