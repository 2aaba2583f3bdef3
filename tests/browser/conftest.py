"""A browser and two sites, one on SQLite and one on PostgreSQL: every browser test runs on both.

Four others are for the modules that name them in DATABASES: "crowded" has many invented pilots, "development" runs
with DEBUG, as a developer sees it, "factors" asks for second factors, at an address where passkeys work, and in
"with_text" visitors may read an invented text of the source.

A test fails when a page complains: an error or warning in the console (a breach of the content
policy is one), an exception in a script, or a request to another host.

To open a page costs the browser as much as to load five, so a page goes from test to test: it comes without cookies,
empty, and with the settings asked for. A test that leaves more behind than a page can shake off (an ear for events,
another clock), or whose claim is about a first visit, takes a new context.
"""

import contextlib
import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests import databases, tables
from tests.browser import chromium, invented_text, looks, server
from tests.browser.looks import Look
from tests.browser.server import Site
from tests.browser.walk import visit

NewContext = Callable[..., BrowserContext]
NewPage = Callable[..., Page]
LookAt = Callable[[str], Look]

# What a page can be told again and again, and what it is unless told otherwise. All else is the context's for good.
VIEWPORT = {"width": 1280, "height": 720}
MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}

# A busy machine is slow; what does not come is noticed all the same.
expect.set_options(timeout=60_000)

# What the site "crowded" has: filters too long to look through, and a list of several pages. It is on SQLite.
CROWD = ("--pilots=150", "--vocabulary=30")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How pytest-playwright is to start the browser."""
    return browser_type_launch_args | {"executable_path": chromium.find_or_install(), "args": chromium.flags()}


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Site]]:
    """A function from the name of a database to its site, started when first asked for.

    Not left to the parameters of `site`: pytest would stop and start a server at each change of parameter.
    """
    with contextlib.ExitStack() as running:

        @functools.cache
        def start(database: str) -> Site:
            if database == "development":
                return running.enter_context(server.serve_again(start("sqlite"), DEBUG="on", WEB_CONCURRENCY="1"))
            if database == "factors":
                again = running.enter_context(server.serve_again(start("sqlite"), SECOND_FACTOR="reviewers"))
                return replace(again, url=again.url.replace(server.HOST, "localhost"))
            empty = databases.fresh_database(tables.template())
            url = running.enter_context(empty) if database == "postgresql" else ""
            site = running.enter_context(server.serve(url, CROWD if database == "crowded" else ()))
            if database == "with_text":
                invented_text.load_into(site, tmp_path_factory.mktemp("text"))
            return site

        yield start


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on both sites, or on those that its module names in DATABASES.

    A module must not have a `site` of its own: what hangs on the other `site` (base_url) would not be renewed.
    """
    if "site" in metafunc.fixturenames:
        databases = getattr(metafunc.module, "DATABASES", ("sqlite", "postgresql"))
        metafunc.parametrize("site", databases, indirect=True, scope="session")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, sites: Callable[[str], Site]) -> Site:
    return sites(request.param)


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Where pytest-playwright's addresses without a host begin."""
    return site.url


@pytest.fixture(scope="session")
def heard() -> list[str]:
    """Where every page of every test writes what it complains of."""
    return []


@pytest.fixture
def complaints(heard: list[str]) -> Iterator[list[str]]:
    """What the pages complained of so far. A test that provokes a complaint checks it and clears the list."""
    heard.clear()
    yield heard
    assert not heard, "The pages complained:\n" + "\n".join(heard)


@pytest.fixture
def new_context(new_context: NewContext, site: Site, complaints: list[str]) -> Iterator[NewContext]:
    """Return pytest-playwright's function for a new visitor, with an ear for complaints."""
    contexts: list[BrowserContext] = []

    def heard(**options: Any) -> BrowserContext:
        contexts.append(new_context(**options))
        listen(contexts[-1], urlsplit(site.url).netloc, complaints)
        return contexts[-1]

    yield heard
    for context in contexts:
        for page in context.pages:
            page.title()  # an answer to this comes after every complaint on the way


@pytest.fixture(scope="session")
def idle() -> defaultdict[Any, list[Page]]:
    """The pages that no test looks at, by what cannot be changed about them."""
    return defaultdict(list)


@pytest.fixture
def new_page(
    browser: Browser,
    browser_context_args: dict[str, Any],
    site: Site,
    idle: defaultdict[Any, list[Page]],
    complaints: list[str],
) -> Iterator[NewPage]:
    """A function for the empty page of a visitor who was never here, with the options of a context."""
    taken: list[tuple[list[Page], Page]] = []

    def take(*, cookies: Sequence[Any] = (), viewport: Any = VIEWPORT, **options: Any) -> Page:
        media = {name: options.pop(name, usual) for name, usual in MEDIA.items()}
        pages = idle[site.url, *sorted(options.items())]
        if not pages:
            context = browser.new_context(**browser_context_args | options)
            listen(context, urlsplit(site.url).netloc, complaints)
            pages.append(context.new_page())
        page = pages.pop()
        taken.append((pages, page))
        page.context.add_cookies(cookies)
        page.set_viewport_size(viewport)
        page.emulate_media(**media)
        return page

    yield take
    for pages, page in taken:
        clear(page)
        pages.append(page)


def clear(page: Page) -> None:
    """Take away what a test did with a page."""
    for other in page.context.pages:
        other.title()  # an answer to this comes after every complaint on the way
        if other != page:
            other.close()
    page.unroute_all()
    # Cheaper to leave again than about:blank, which is no page of the site
    try:
        page.goto("/livez")
    except Error:  # it was still on its way somewhere else
        page.goto("/livez")
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.emulate_media(media="null")
    page.context.clear_cookies()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def listen(context: BrowserContext, host: str, complaints: list[str]) -> None:
    """Write down every complaint of the pages in `context`, which may ask `host` only."""

    def on_console(message: Any) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def on_request(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != host:
            complaints.append(f"request to another host: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"exception: {error.error}"))
    context.on("request", on_request)


@pytest.fixture(scope="session")
def seen() -> dict[str, Look]:
    """What was found on the pages visited so far, by address."""
    return {}


@pytest.fixture
def look_at(new_page: NewPage, seen: dict[str, Look], complaints: list[str]) -> LookAt:
    """A function from an address to what a visit to it finds; each page is visited once."""

    def look(address: str) -> Look:
        if address not in seen:
            page = new_page()
            visit(page, address, complaints)
            seen[address] = looks.look_at(page)
            assert complaints == []
        return seen[address]

    return look


@pytest.fixture
def page_without_js(new_page: NewPage) -> Page:
    """A page of a visitor whose browser runs no scripts."""
    return new_page(java_script_enabled=False)


@pytest.fixture(scope="session")
def passes() -> dict[str, Any]:
    """The cookies of an editor by site, so that each test need not log in again."""
    return {}


@pytest.fixture
def editor(new_page: NewPage, site: Site, passes: dict[str, Any]) -> Page:
    """A page of an editor who has logged in: an empty one, that no test waits for what it does not look at."""
    if site.url not in passes:
        passes[site.url] = log_in(new_page(), "admin", site.admin_password)["cookies"]
    return new_page(viewport={"width": 1280, "height": 900}, cookies=passes[site.url])


def log_in(page: Page, name: str, password: str) -> Any:
    """Log in as this account, and return the cookies."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to change?")
    return page.context.storage_state()
