"""Feeds: Atom (RFC 4287) and JSON Feed 1.1. Plain values in, bytes out."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from pilots.index.terms import Terms

ATOM, JSON_FEED = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class FeedEntry:
    """An entry: `key` stays the same whatever else changes; `news` says what is new, `summary` what it is about.

    The title is in `language`, the summary in its own, the news in that of the feed.
    """

    key: str
    address: str
    title: str
    news: str
    summary: str
    language: str
    summary_language: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """A feed: where it is, of which page, and when it last changed. `terms` say what may be reused."""

    address: str
    page: str
    title: str
    description: str
    author: str
    language: str
    terms: Terms
    updated: datetime
    entries: list[FeedEntry]


class _Atom(Atom1Feed):
    """Django's, with the time of the last change also where there is no entry, and the language of each entry."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}


def to_atom(feed: Feed) -> bytes:
    said = _Atom(
        title=feed.title,
        link=feed.page,
        description=feed.description,
        subtitle=feed.description,
        language=feed.language,
        author_name=feed.author,
        feed_url=feed.address,
        feed_guid=feed.address,
        feed_copyright=str(feed.terms),
        updated=feed.updated,
    )
    for entry in feed.entries:
        said.add_item(
            title=entry.title,
            link=entry.address,
            description=f"{_paragraph(entry.news, feed.language)}{_paragraph(entry.summary, entry.summary_language)}",
            language=entry.language,
            unique_id=entry.key,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    text = io.StringIO()
    said.write(text, "utf-8")
    return text.getvalue().encode()


def _paragraph(text: str, language: str) -> str:
    return f'<p lang="{escape(language)}">{escape(text)}</p>'


def to_json_feed(feed: Feed) -> bytes:
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "_terms": {"about": feed.terms.address, "sentence": feed.terms.sentence},
        "items": [
            {
                "id": entry.key,
                "url": entry.address,
                "title": entry.title,
                "summary": entry.news,
                "content_text": f"{entry.news}\n\n{entry.summary}",
                "language": entry.language,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
            }
            for entry in feed.entries
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
