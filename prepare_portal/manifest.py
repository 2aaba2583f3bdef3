"""The web app manifest: what the portal is called and looks like among the programs of a phone."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilots.pictures.standalone import values_of

# The pictures in static/img, by their sizes, and whether phones may cut them to a shape of their own.
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable.png", 512, "maskable"))


def manifest(request: HttpRequest) -> JsonResponse:
    """Name, first page, colours and icons. No query."""
    said = {
        "name": _("PREPARE pilots"),
        "short_name": "PREPARE",
        "description": _("Local activities on preventing radicalisation in probation and release"),
        "lang": get_language(),
        "dir": "ltr",
        "id": reverse("front"),
        "start_url": reverse("front"),
        "scope": reverse("front"),
        "display": "browser",
        "theme_color": _tokens()["--accent"],
        "background_color": _tokens()["--paper"],
        "icons": [
            {"src": static(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@cache
def _tokens() -> dict[str, str]:
    sheet = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
    return values_of(sheet.read_text(encoding="utf-8"))
