"""The icons that browsers and phones ask for at fixed addresses, whatever a page says."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

TYPES = {".ico": "image/x-icon", ".png": "image/png"}
KEPT = 24 * 60 * 60  # seconds; these addresses stay when the picture changes


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Send one of the icons in static/img. No query."""
    kind = TYPES[Path(name).suffix]
    return HttpResponse(_read(name), content_type=kind, headers={"Cache-Control": f"public, max-age={KEPT}"})


@cache
def _read(name: str) -> bytes:
    return Path(str(finders.find(f"img/{name}"))).read_bytes()
