"""Addresses as mail programs, social networks, word processors and people change them. Text in, text out.

What is left of an address may exist or not; `prepare_portal/mangled_addresses.py` asks.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_plus

from django.utils.encoding import iri_to_uri

from pilots.browse import filters
from pilots.search.words import PLAIN

# Names of parameters by which newsletters, advertisers and social networks follow people about.
TRACKING = (
    r"(?:(?:utm|mc|mtm|matomo|piwik|pk|hsa|at|wt|fb|ga|gad|vero|oly|sc|bsft|ck|ml)_\w*|(?:elq|_hs|__hs|hscta)\w*|wt\.\w+"
    r"|(?:fb|g|d|y|ys|tw|tt|ms|sc|rb_|ir)cl(?:ick|k)?id|gclsrc|gbraid|wbraid|srsltid|igsh|igshid|li_fat_id|mkt_tok|epik"
    r"|s_cid|cmpid|trk|trkcampaign|ref|ref_src|ref_url|referrer|spm|sfnsn|si|_ga|_gl|__s|_openstat|_branch_match_id"
    r"|adobe_mc|dm_i|wickedid|nr_email_referer|zanpid|icid)(?![\w.-])"
)
IS_TRACKING = re.compile(TRACKING, re.IGNORECASE)
# “&” as HTML writes it, once or more; and “?” before tracking that was added to an address with parameters.
AMPERSAND = re.compile(rf"(^|&)(?:amp(?:;|%3B))+|\?(?={TRACKING})", re.IGNORECASE)
# What opens a quotation or a bracket; a full stop may begin a name.
OPENING = frozenset({"Ps", "Pi", "Pf", "Pe", "Zs", "Sm"})
INDEX = ("index.html", "index.htm")
# What editors of text and mail programs leave in an address: a tag, the number of a footnote, “…” as old scripts write
# it, and parameters without the “?” before them.
TAG = re.compile(r"</?(?:a|b|br|div|em|font|i|li|p|span|strong|td|u|wbr)\b[^<>]*>?", re.IGNORECASE)
FOOTNOTE = re.compile(r"\[\d{0,4}\]")
OLD_ESCAPE = re.compile(r"%u([0-9a-f]{4})", re.IGNORECASE)
PARAMETERS_BEGIN = re.compile(r"\?|&(?=[\w.-]+=)")
# A character that no address of the site has, behind one that it may have.
FOREIGN = re.compile(r"(?<=\w)[^\w\s/.-]")
PLAIN_NAME = re.compile(r"[\w-]+", re.ASCII)
# Every parameter that a public address takes: those of pages that filter, the part of a sitemap, the questions that
# are asked about a pilot, and what the API alone reads. The words of a search may end as they like.
SEARCH = "q"
PARAMETERS = filters.PARAMETERS | {"p", "ask", "style", "lang", "updated_after"}


class Address(NamedTuple):
    """A path as Django reads it, a query string as it is sent, and the name of a place on the page."""

    path: str
    query: str
    fragment: str = ""

    @property
    def location(self) -> str:
        path = quote(self.path, safe="/:@!$'()*+,;=~.-_")
        return (
            path + (f"?{iri_to_uri(self.query)}" if self.query else "") + (f"#{self.fragment}" if self.fragment else "")
        )


def clean_query(query: str) -> str:
    """A query string without parameters that track people or have no name, and with “&” for “&amp;”.

    A NUL byte stays, to be refused.
    """
    pairs = AMPERSAND.sub(lambda found: found[1] if found[1] is not None else "&", query).split("&")
    return "&".join(pair for pair in pairs if _says_something(pair))


def _says_something(pair: str) -> bool:
    name = unquote_plus(pair.partition("=")[0])
    return "\0" in pair or "%00" in pair or (any(map(str.isalnum, name)) and not IS_TRACKING.fullmatch(name))


def tidy_query(query: str) -> str:
    """The query string without what stands behind its last value, if a page reads a name or number there."""
    before, _sign, value = query.rpartition("=")
    name = before.rpartition("&")[2]
    words = unquote_plus(value)
    tidy = _trimmed_right(_without_leftovers(words))
    if name not in PARAMETERS - {SEARCH} or not PLAIN_NAME.fullmatch(tidy) or not words.startswith(tidy):
        return query
    return query if tidy == words else f"{before}={tidy}"


def ends_oddly(path: str) -> bool:
    """Whether a path ends in what is no part of any name."""
    return _trimmed_right(path.rstrip("/")) != path.rstrip("/")


def tidy_addresses(path: str, query: str) -> Iterator[Address]:
    """Yield what an address may have been before it was changed, the nearest first, each without a last slash.

    The second is in small letters without accents, the third ends where something foreign begins. None has an empty
    part or a control character, so that none can lead to another host.
    """
    place, _sign, fragment = _readable(path).partition("#")
    place, more = (*PARAMETERS_BEGIN.split(place, maxsplit=1), "")[:2]
    query = tidy_query(clean_query("&".join(filter(None, (quote(more, safe="=&%+"), query)))))
    fragment = fragment if PLAIN_NAME.fullmatch(fragment) else ""
    parts = _parts(place)
    for plain in (parts, map(_folded, parts), map(_folded, _parts(FOREIGN.split(place, maxsplit=1)[0]))):
        yield Address("/" + "/".join(filter(None, plain)), query, fragment)


def _parts(place: str) -> list[str]:
    parts = [part for part in map(_trimmed, place.split("/")) if part]
    return parts[:-1] if parts and parts[-1].lower() in INDEX else parts


def _readable(path: str) -> str:
    """A path that was encoded twice, or as HTML, as it was meant; without what nobody sees."""
    text = _without_leftovers(html.unescape(unquote(path))).replace("\\", "/")
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")


def _without_leftovers(text: str) -> str:
    """A part of an address without tags and numbers of footnotes, and with letters for old escapes."""
    return FOOTNOTE.sub("", TAG.sub("", OLD_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)))


def _trimmed(part: str) -> str:
    """A part of a path without quotes, brackets and punctuation around it, and hyphens for spaces in it."""
    start = next((place for place, char in enumerate(part) if not _opens(char)), len(part))
    return "-".join(_trimmed_right(part[start:]).split())


def _opens(char: str) -> bool:
    return char in "\"'" or unicodedata.category(char) in OPENING


def _trimmed_right(text: str) -> str:
    end = len(text)
    while end and _ends(text[end - 1]):
        end -= 1
    return text[:end]


def _ends(char: str) -> bool:
    """Whether a character is punctuation, a sign or a space; a hyphen may end a name, and a link to a draft."""
    return char not in "-_" and (unicodedata.category(char)[0] in "PSZC" or char == "\N{VARIATION SELECTOR-16}")


def _folded(part: str) -> str:
    apart = unicodedata.normalize("NFKD", part.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(PLAIN).strip("-_")
