"""Asks a site for everything it has, and writes each response into a file.

Run by compare.py in the folder of the commit to ask, which may be older than this file: it uses nothing of the
project but its settings.
"""

import hashlib
import io
import math
import re
import sys
import zipfile
from collections import Counter, deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

# What differs from one run to the next: (pattern, what is written instead).
NORMALISED = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+'), r"\1…"),
    # Whole in links of the admin, quoted in scripts, and in the names of static files alike: a hash in a file's name.
    (re.compile(r"\.[0-9a-f]{12}\.(css|js|svg|png|ico|jpg|webp|woff2)"), r".….\1"),
    (re.compile(r"nonce-[\w+/=-]+"), "nonce-…"),
    (re.compile(r'nonce="[^"]+"'), 'nonce="…"'),
    # Moments: one in a form's hidden field, and signed values, which hold one.
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)?"), "(moment)"),
    (re.compile(r"\d\d? [A-Z][a-z]+ \d{4}, \d\d:\d\d"), "(moment)"),
    (re.compile(r"[\w.=-]{8,}:1[\w]{5}:[\w-]{27,43}"), "(signed)"),
)
# They say the same as the body, or the time.
LEFT_OUT = {"content-length", "date", "etag", "expires", "last-modified", "x-request-id"}
NO_PAGES = ("/admin/logout/", "/static/")
# Of each kind of page, how many addresses with a query are asked for (facets lead on without end), and how many pages
# of the admin (an entry has ten, each slow).
MOST_QUERIES, MOST_ADMIN = 30, 12

ADDRESSES = (
    *("/", "/livez", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/styleguide/", "/nothing/"),
    *("/favicon.ico", "/apple-touch-icon.png", "/preview/nothing/", "/suggest/?q=pro", "/suggest/?q=zzz"),
)
LISTS = ("/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/authorities/", "/compare/", "/shortlist/")
STATES = (
    *("?country=FR", "?country=FR&country=ES&target=young-offenders", "?activity=training&sort=newest&per_page=24"),
    *("?q=probation", "?q=probaton", "?q=%22young+offenders%22", "?q=nothing-of-the-kind", "?country=FR&q=training"),
    *("?country=XX", "?colour=red", "?page=2", "?page=99", "?page=x", "?sort=evil", "?per_page=7", "?kind=insight"),
    *("?rows=partner&columns=country&stage=prison", "?rows=stage&columns=stage", "?utm_source=x&country=FR"),
    *("?keep=avignon&keep=malaga&keep=nobody", "?pilot=avignon&pilot=malaga", "?pilot=rotterdam&show=differences"),
    *("?pilot=sample-pilot-1&pilot=sample-pilot-3&keep=sample-pilot-2", "?country=&q=", "?q=a%00b", "?country=fr"),
)
ADMIN = ("/admin/", "/admin/pilots/pilot/add/", "/admin/nothing/", "/admin/pilots/pilot/999999/change/")


class Links(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a link."""
        if tag == "a" and (address := dict(attrs).get("href")):
            self.found.append(address)


def normalised(text: str) -> str:
    """A text without what differs from one run to the next, and without empty lines, which show nowhere."""
    for pattern, instead in NORMALISED:
        text = pattern.sub(instead, text)
    return "\n".join(line for line in text.splitlines() if line.strip())


def as_text(response) -> str:
    """The status, headers and body of a response as lines that can be compared."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):  # a workbook; its properties tell when it was written
        with zipfile.ZipFile(io.BytesIO(body)) as workbook:
            shown = "\n".join(f"{one.filename} {one.CRC}" for one in workbook.infolist() if "core" not in one.filename)
    elif response.get("Content-Type", "").startswith("image/"):
        shown = hashlib.sha256(body).hexdigest()
    else:
        shown = normalised(body.decode("utf-8", "replace"))
    headers = [f"{name}: {value}" for name, value in response.items() if name.lower() not in LEFT_OUT]
    return "\n".join([str(response.status_code), *map(normalised, sorted(headers)), "", shown])


def links_of(response, address: str) -> list[str]:
    """The addresses on this site that a page leads to, in its order."""
    if location := response.get("Location"):
        found = [location]
    elif response.get("Content-Type", "").startswith("text/html"):
        links = Links()
        links.feed(response.content.decode("utf-8", "replace"))
        found = links.found
    else:
        found = re.findall(r"<loc>([^<]+)</loc>", response.content.decode("utf-8", "replace"))
    parts = [urlsplit(urljoin(f"http://localhost{address}", link)) for link in found]
    return [
        part.path + (f"?{part.query}" if part.query else "")
        for part in parts
        if part.scheme in {"http", "https"} and part.hostname in {"localhost", "testserver", "127.0.0.1"}
    ]


def kind_of(path: str) -> str:
    """The kind of page at a path: that without slugs and ids of single entries."""
    parts = path.split("/")
    return "/".join("*" if part.isdigit() or (n == 2 and parts[1] != "admin") else part for n, part in enumerate(parts))


def crawl(client, first: tuple[str, ...], inside: str, outside: str, folder: Path) -> None:
    """Ask for the first addresses and what they lead to, below `inside` and not below `outside`."""
    waiting, seen, asked = deque(first), set(first), Counter[str]()
    while waiting:
        address = waiting.popleft()
        response = client.get(address, headers={"host": "localhost"})
        name = hashlib.sha256(address.encode()).hexdigest()[:24]
        (folder / name).write_text(f"GET {address}\n{as_text(response)}\n")
        for link in links_of(response, address):
            path, _, query = link.partition("?")
            if link in seen or not path.startswith(inside) or path.startswith((outside, *NO_PAGES)):
                continue
            asked[kind := kind_of(path) + "?" * bool(query)] += 1
            most = MOST_ADMIN if inside == "/admin/" else MOST_QUERIES if query else math.inf
            if asked[kind] <= most:
                seen.add(link)
                waiting.append(link)


def main(folder: Path) -> None:
    """Ask as a visitor, and as the site's first account."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client(raise_request_exception=False)
    public = (*ADDRESSES, *LISTS, *(page + state for page in LISTS for state in STATES))
    crawl(client, public, "/", "/admin/", folder)
    assert not client.cookies, "a visitor got a cookie"
    client.force_login(get_user_model().objects.get(username="admin"))
    crawl(client, ADMIN, "/admin/", "/static/", folder)


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main(Path(sys.argv[1]))
