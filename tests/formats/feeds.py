"""Feeds of pilots and lessons: Atom and JSON Feed."""

import feedparser
import jsonschema

from tests.formats.portal import Portal

FEEDS = ("/pilots", "/lessons")
# What JSON Feed 1.1 requires: the project gives no schema of its own.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                },
            },
        },
    },
}


def feedparser_reads_atom(portal: Portal) -> None:
    for path in FEEDS:
        feed = feedparser.parse(portal.body(f"{path}.atom"))
        assert not feed.bozo, f"{path}: {feed.get('bozo_exception')}"
        assert feed.version == "atom10", feed.version
        assert feed.feed.title
        assert feed.feed.id
        assert feed.entries, path
        for entry in feed.entries:
            assert entry.id, path
            assert entry.updated_parsed, entry.id
            assert entry.link.startswith(portal.url), entry.id
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def json_feed_has_what_it_must(portal: Portal) -> None:
    for path in FEEDS:
        feed = portal.json(f"{path}.feed.json")
        jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
        atom = feedparser.parse(portal.body(f"{path}.atom"))
        assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]
