"""The editors' guide and the terms of the field, files of docs/, shown in the admin: there is one text of each."""

import re
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pilots.models.translation import current_language
from pilots.templatetags.languages import NAMES

GUIDE = settings.BASE_DIR / "docs" / "editing.md"
TERMS = settings.BASE_DIR / "docs" / "terms.md"
PICTURES = settings.BASE_DIR / "docs" / "screenshots"
# Other files of the documentation are for developers and stay on the developers' pages.
ELSEWHERE = re.compile(r"^(?!#|screenshots/|https?:|/)")


def how_to(request: HttpRequest) -> HttpResponse:
    """Show the guide to who may log in. No query on top of the admin's own."""
    return _page(request, GUIDE, _("How to"))


def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms of the field in five languages to who may log in. No query on top of the admin's own."""
    return _page(request, TERMS, _("Terms of the field, in five languages"))


def _page(request: HttpRequest, file: Path, title: str) -> HttpResponse:
    body, headings = guide(file, file.stat().st_mtime, current_language())
    context = {**admin.site.each_context(request), "title": title, "guide": body, "headings": headings}
    return TemplateResponse(request, "admin/how_to.html", context)


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Send one of the guide's pictures. Raises Http404 for anything else."""
    file = PICTURES / f"{name}.png"
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")


@cache
def guide(file: Path, changed_at: float, language: str) -> tuple[SafeString, list[tuple[str, str]]]:
    """A file, which is English, as HTML without its title, and its headings: (anchor, words) of the second level.

    Read again when the file has changed. `language` is that of the page, for what is said around it. Raw HTML in it is
    shown as text.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(file.read_text(encoding="utf-8").partition("\n")[2])
    headings = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = unescape("".join(child.content for child in inline.children or []))
            opening.attrSet("id", slugify(words))
            if opening.tag == "h2":
                headings.append((slugify(words), words))
        mend_addresses(inline)
    mark_languages(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    for number in range(1, html.count("<table>") + 1):
        name = _("Table %(number)d") % {"number": number}
        scroller = f'<div class="scroller" tabindex="0" role="region" aria-label="{name}"><table class="module">'
        html = html.replace("<table>", scroller, 1)
    return mark_safe(html.replace("</table>", "</table></div>")), headings  # noqa: S308 (raw HTML is off)


def mark_languages(tokens: list[Token]) -> None:
    """Mark the cells of each column that is headed by the name of a language."""
    codes = {name.lower(): code for code, name in NAMES.items()}
    headed: list[str | None] = []
    for opening, inline in pairwise(tokens):
        if opening.type == "table_open":
            headed = []
        elif opening.type == "tr_open":
            column = 0
        elif opening.type in ("th_open", "td_open"):
            if opening.type == "th_open":
                headed.append(codes.get(inline.content.lower()))
            if code := headed[column]:
                opening.attrSet("lang", code)
            column += 1


def mend_addresses(token: Token) -> None:
    """Lead to the terms; take links to other documents away, which are not served; load pictures when they are seen."""
    for child in token.children or []:
        if child.type == "image":
            child.attrSet("loading", "lazy")
    opened = [child for child in token.children or [] if child.type == "link_open"]
    for link in opened:
        if link.attrGet("href") == TERMS.name:
            link.attrSet("href", reverse("admin:terms"))
        elif ELSEWHERE.match(str(link.attrGet("href"))):
            link.attrs.pop("href")  # a link without an address is plain text
