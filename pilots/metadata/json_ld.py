"""Data of schema.org in a page: a block that browsers neither run nor ask the Content-Security-Policy about."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from prepare_portal.languages import without_language

Data = dict[str, Any]

# What could end the element or begin a comment in it, as JSON writes it too.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
EMPTY: tuple[Any, ...] = ("", None, [], {})


def data_block(data: Data) -> SafeString:
    """`data` as JSON-LD in an element of its own; without a word for what is empty, since that is not stated."""
    words = json.dumps({"@context": "https://schema.org"} | stated(data), ensure_ascii=False, separators=(",", ":"))
    escaped = mark_safe(words.translate(ESCAPED))  # noqa: S308 (it holds no sign that means something in HTML)
    return format_html('<script type="application/ld+json">{}</script>', escaped)


def identifier(site: str, path: str, part: str = "") -> str:
    """What stands for a thing in data, the same in every language. `site` is scheme and host."""
    return site + without_language(path) + (f"#{part}" if part else "")


def stated(value: Any) -> Any:
    """`value` without what is empty, however deep."""
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := stated(one)) not in EMPTY}
    if isinstance(value, list):
        return [kept for one in value if (kept := stated(one)) not in EMPTY]
    return value
