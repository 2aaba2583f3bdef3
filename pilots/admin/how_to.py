"""The editors' guide, docs/editing.md, shown in the admin. There is one text, so that the two cannot differ."""

import re
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pilots.models.translation import current_language

GUIDE = settings.BASE_DIR / "docs" / "editing.md"
PICTURES = settings.BASE_DIR / "docs" / "screenshots"
# Other files of the documentation are for developers and stay on the developers' pages.
ELSEWHERE = re.compile(r"^(?!#|screenshots/|https?:|/)")


def how_to(request: HttpRequest) -> HttpResponse:
    """Show the guide to who may log in. No query on top of the admin's own."""
    body, headings = guide(GUIDE, GUIDE.stat().st_mtime, current_language())
    context = {**admin.site.each_context(request), "title": _("How to"), "guide": body, "headings": headings}
    return TemplateResponse(request, "admin/how_to.html", context)


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Send one of the guide's pictures. Raises Http404 for anything else."""
    file = PICTURES / f"{name}.png"
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")


@cache
def guide(file: Path, changed_at: float, language: str) -> tuple[SafeString, list[tuple[str, str]]]:
    """The guide, which is English, as HTML without its title, and its headings: (anchor, words) of the second level.

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
    html = markdown.renderer.render(tokens, markdown.options, {})
    for number in range(1, html.count("<table>") + 1):
        name = _("Table %(number)d") % {"number": number}
        scroller = f'<div class="scroller" tabindex="0" role="region" aria-label="{name}"><table class="module">'
        html = html.replace("<table>", scroller, 1)
    return mark_safe(html.replace("</table>", "</table></div>")), headings  # noqa: S308 (raw HTML is off)


def mend_addresses(token: Token) -> None:
    """Take links to other documents away, which are not served; load pictures when they come into view."""
    for child in token.children or []:
        if child.type == "image":
            child.attrSet("loading", "lazy")
    opened = [child for child in token.children or [] if child.type == "link_open"]
    for link in opened:
        if ELSEWHERE.match(str(link.attrGet("href"))):
            link.attrs.pop("href")  # a link without an address is plain text
