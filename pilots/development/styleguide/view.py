"""The page that shows every component and every token."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.development.styleguide import comparing, entry, finding, front, organisations, pictures, signs, topics
from pilots.development.styleguide.samples import Component
from pilots.development.styleguide.tokens import BODY_TEXT, CONTROL, OTHER_TEXT, DesignToken, measure, read_tokens

GROUPS: dict[str, tuple[Component, ...]] = {
    "Small signs": signs.COMPONENTS,
    "Finding": finding.COMPONENTS,
    "Front page": front.COMPONENTS,
    "One pilot": entry.COMPONENTS,
    "Pictures": pictures.COMPONENTS,
    "Organisations": organisations.COMPONENTS,
    "What pilots were about": topics.COMPONENTS,
    "Shortlist and comparison": comparing.COMPONENTS,
}
# Parts that have no states of their own, and where they are seen.
SHOWN_WITH_OTHERS = {
    "languages": "on every page, this one too",
    "header": "on every page, this one too",
    "footer": "on every page, this one too",
    "short_statements": "at the foot of every page, this one too",
    "matrix_head": "in a matrix",
    "compare_head": "in a comparison",
    "compare_pilots": "in a comparison",
    "compare_rows": "in a comparison",
    "gap_list": "in the words below a matrix",
    "icons": "in the head of every page",
    "link_preview": "in the head of every page",
    "printed": "at the end of every page, on paper only",
    "find_in_list": "in a long facet; shows nothing without scripts",
}


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components in their states and the tokens. No query. Raises Http404 unless DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    tokens = declared_tokens()
    context = {
        "tokens": tokens,
        "schemes": [(scheme, measure(tokens, scheme)) for scheme in ("light", "dark")],
        "levels": {"body": BODY_TEXT, "other": OTHER_TEXT, "control": CONTROL},
        "groups": GROUPS,
        "elsewhere": SHOWN_WITH_OTHERS,
    }
    return render(request, "pilots/styleguide.html", context)


def declared_tokens() -> list[DesignToken]:
    return read_tokens(Path(str(finders.find("css/tokens.css"))).read_text(encoding="utf-8"))
