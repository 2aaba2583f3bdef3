"""Several copies of one component on a page: no two with the same id, no two landmarks with the same name."""

import re

from django.utils.safestring import SafeString, mark_safe

IDS = re.compile(r' (id|for|form|list|headers|aria-controls|aria-describedby)="([^"]+)"')
NAMED_BY = re.compile(r' aria-labelledby="([^"]+)"')
NAMED = re.compile(r' aria-label="([^"]+)"')
NAMELESS = re.compile(r' role="search"(?! aria-label)')
UPDATES_ITS_PAGE = re.compile(r"<script [^>]*in_place[^>]*></script>")
FRAGMENT = re.compile(r'((?:href="|url\()#)([^")]+)')


def set_apart(html: str, key: str, words: str) -> SafeString:
    """A component's rendered HTML with `-key` behind its ids and `words` behind its spoken names.

    What is named by another element is also named by `specimen-key`, which the page gives to its caption.
    The components' own templates stay as they are: on other pages each of them stands once. So does the script
    that updates a whole page in place, which is left out.
    """
    html = UPDATES_ITS_PAGE.sub("", html)
    html = IDS.sub(lambda found: f' {found[1]}="{_each(found[2], key)}"', html)
    html = FRAGMENT.sub(lambda found: f"{found[1]}{found[2]}-{key}", html)
    html = NAMED_BY.sub(lambda found: f' aria-labelledby="{_each(found[1], key)} specimen-{key}"', html)
    html = NAMED.sub(lambda found: f' aria-label="{found[1]} ({words})"', html)
    html = NAMELESS.sub(f' role="search" aria-labelledby="specimen-{key}"', html)
    return mark_safe(html)  # noqa: S308 (it comes from our templates, and keys and words from our code)


def _each(ids: str, key: str) -> str:
    return " ".join(f"{name}-{key}" for name in ids.split())
