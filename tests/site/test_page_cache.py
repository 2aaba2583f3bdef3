"""Ready pages: the same as fresh ones, gone with the next edit, and never somebody else's."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.utils.translation import override

from pilots.browse.address_cleaning import PARAMETERS
from pilots.models import PilotTranslation
from prepare_portal import page_cache
from prepare_portal.cacheable_pages import CACHE_CONTROL, PUBLIC
from prepare_portal.cached_page import CachedPage, encoding
from prepare_portal.page_cache import PageCache, Pages
from tests.factories import PartnerFactory, PublishedPilotFactory, UserFactory
from tests.pages import addresses

LAYER = "prepare_portal.page_cache.PageCache"


class Site:
    """A view behind the cache that counts how often it was asked, at a content version that tests set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.version = 0, 1
        self.headers = {"Cache-Control": CACHE_CONTROL}
        self.status = 200
        monkeypatch.setattr(page_cache, "current", lambda: self.version)
        monkeypatch.setattr(page_cache, "pages", Pages())
        monkeypatch.setattr(page_cache, "versions", page_cache.Versions())
        monkeypatch.setattr(page_cache, "GOOD_FOR", 0)
        self.cache = PageCache(self.view)

    def view(self, request):
        """Answer with a page that says how often it was made."""
        self.asked += 1
        body = f"<p>page {self.asked} of {request.path}</p>" + " words" * 100
        return HttpResponse(body, status=self.status, headers=self.headers)

    def get(self, address="/pilots/", method="get", **headers):
        """Ask for an address with a host and whatever else."""
        secure = headers.pop("secure", False)
        headers.setdefault("HTTP_HOST", "127.0.0.1")
        return self.cache(getattr(RequestFactory(), method)(address, secure=secure, **headers))


@pytest.fixture
def site(monkeypatch):
    """A view behind an empty cache."""
    return Site(monkeypatch)


@pytest.fixture
def client(settings, monkeypatch):
    """A visitor of the whole site with an empty cache; other tests share one chain of middleware without."""
    first, *others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [first, LAYER, *others]
    monkeypatch.setattr(page_cache, "pages", Pages())
    monkeypatch.setattr(page_cache, "GOOD_FOR", 0)
    return Client(headers={"host": "127.0.0.1"})


def test_page_is_made_once_and_sent_again(site):
    first, second = site.get(), site.get()
    assert first.content == second.content
    assert site.asked == 1


def test_edit_is_visible_on_the_next_request(site):
    site.get()
    site.version = 2
    assert b"page 2" in site.get().content
    assert b"page 2" in site.get().content


def test_reader_who_saw_an_older_version_neither_gets_nor_spoils_the_newer_pages(site):
    site.version = 2
    site.get()
    site.version = 1
    assert b"page 2" in site.get().content
    site.version = 2
    assert b"page 1" in site.get().content


@pytest.mark.parametrize("version", [None, DatabaseError(), InterfaceError()])
def test_nothing_is_kept_or_sent_while_the_version_is_not_known(site, monkeypatch, version):
    site.get()

    def unknown():
        if version:
            raise version

    monkeypatch.setattr(page_cache, "current", unknown)
    assert b"page 2" in site.get().content
    assert b"page 3" in site.get().content


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "session=1"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"HTTP_RANGE": "bytes=0-1"},
        {"CONTENT_TYPE": "text/plain; charset=latin-1"},
        {"method": "post"},
        {"method": "options"},
        {"address": "/admin/"},
        {"address": "/preview/token/"},
        {"address": "/static/site.css"},
        {"address": "/pilots/?colour=red"},
        {"address": f"/pilots/?q={'x' * 2000}"},
        {"address": "/pilots/?" + "q&" * 1001},
    ],
    ids=str,
)
def test_answers_that_may_be_for_one_visitor_are_neither_sent_nor_kept(site, headers):
    site.get()
    assert b"page 2" in site.get(**headers).content
    assert b"page 3" in site.get(**headers).content


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-cache"},
        {"Cache-Control": "no-store, private"},
        {},
        {"Cache-Control": CACHE_CONTROL, "Vary": "Cookie"},
        {"Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding, Accept-Language"},
        {"Cache-Control": CACHE_CONTROL, "Set-Cookie": "a=b"},
        {"Cache-Control": CACHE_CONTROL, "Content-Encoding": "gzip"},
    ],
    ids=str,
)
def test_only_what_says_that_it_is_for_everybody_is_kept(site, headers):
    site.headers = {name: value for name, value in headers.items() if name != "Set-Cookie"}
    view = site.cache.get_response

    def with_cookie(request):
        response = view(request)
        if "Set-Cookie" in headers:
            response.set_cookie("a", "b")
        return response

    site.cache.get_response = with_cookie
    site.get()
    assert b"page 2" in site.get().content


@pytest.mark.parametrize("status", [301, 400, 404, 500, 503])
def test_only_whole_pages_are_kept(site, status):
    site.status = status
    site.get()
    site.get()
    assert site.asked == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/pilots/", "/pilots/?q=x"),
        ("/pilots/?q=a", "/pilots/?q=b"),
        ("/pilots/?country=FR", "/pilots/?country=FR&country=ES"),
        ("/pilots/?keep=a&keep=b", "/pilots/?keep=b&keep=a"),
        ("/pilots/?q=a%26sort%3Dnewest", "/pilots/?q=a&sort=newest"),
        ("/pilots/?q=a;sort=newest", "/pilots/?q=a&sort=newest"),
        ("/pilots/", "/pilots"),
        ("/pilots/", "//pilots/"),
        ("/pilots/", "/Pilots/"),
    ],
)
def test_different_addresses_are_different_pages(site, one, other):
    site.get(one)
    site.get(other)
    assert site.asked == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/pilots/?q=a&country=FR", "/pilots/?country=FR&q=a"),
        ("/pilots/?q=a%20b", "/pilots/?q=a+b"),
        ("/pilots/?%63ountry=FR", "/pilots/?country=FR"),
        ("/pil%6Fts/", "/pilots/"),
        ("/pilots/?utm_source=x&fbclid=y", "/pilots/"),
        ("/pilots/?country=FR&mc_cid=1", "/pilots/?gclid=2&country=FR"),
        ("/pilots/?country=FR&amp;q=a", "/pilots/?country=FR&q=a"),
        ("/pilots/?&&.", "/pilots/"),
    ],
)
def test_spellings_of_one_address_are_one_page(site, one, other):
    assert site.get(one).content == site.get(other).content


def test_scheme_host_and_language_have_pages_of_their_own(site):
    site.get()
    site.get(secure=True)
    site.get(HTTP_HOST="localhost")
    site.get("/fr/pilots/")
    assert site.asked == 4
    with override("fr"):  # as a request before it may have left the thread
        site.get()
    assert site.asked == 4


@pytest.mark.parametrize(
    "header",
    ["X_FORWARDED_HOST", "X_FORWARDED_PROTO", "FORWARDED", "X_ORIGINAL_URL", "X_REWRITE_URL", "ACCEPT_LANGUAGE"],
)
@pytest.mark.django_db(transaction=True)
def test_poisoned_headers_change_nothing(client, header):
    PublishedPilotFactory(slug="avignon")
    poisoned = client.get("/pilots/", **{f"HTTP_{header}": "https://evil.example/fr"})
    assert b"evil" not in poisoned.content
    assert poisoned.content == client.get("/pilots/").content


@pytest.mark.django_db(transaction=True)
def test_host_that_the_site_does_not_answer_to_never_gets_a_page(client):
    assert client.get("/pilots/").status_code == 200
    for _ in range(2):
        assert client.get("/pilots/", headers={"host": "evil.example"}).status_code == 400


def test_head_gets_the_headers_of_the_page(site):
    sent = site.get(HTTP_ACCEPT_ENCODING="gzip")
    head = site.get(method="head", HTTP_ACCEPT_ENCODING="gzip")
    assert dict(head.headers) == dict(sent.headers)
    assert site.asked == 1


@pytest.mark.parametrize("tags", ["{}", 'W/"x", {}', "*", "plain"])
def test_browser_that_has_the_page_is_told_so(site, tags):
    etag = site.get().headers["ETag"]
    known = etag.removeprefix("W/") if tags == "plain" else tags.format(etag)
    answer = site.get(HTTP_IF_NONE_MATCH=known)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == CACHE_CONTROL
    assert site.asked == 1


@pytest.mark.parametrize("known", ['W/"other"', "nonsense", '"', ""])
def test_browser_that_has_another_page_gets_this_one(site, known):
    assert site.get(HTTP_IF_NONE_MATCH=known).status_code == 200


@pytest.mark.parametrize(("wanted", "read"), [("gzip", gzip.decompress), ("br, gzip", brotli.decompress), ("", bytes)])
def test_page_is_the_same_in_every_encoding(site, wanted, read):
    plain = site.get()
    answer = site.get(HTTP_ACCEPT_ENCODING=wanted)
    assert read(answer.content) == plain.content
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers.get("Content-Encoding", "") == wanted.split(",")[0]
    assert (answer.headers["Vary"], answer.headers["ETag"]) == ("Accept-Encoding", plain.headers["ETag"])


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "text/csv; charset=utf-8"])
def test_what_is_compressed_in_itself_is_sent_as_it_is(site, kind):
    site.headers["Content-Type"] = kind
    answer = site.get(HTTP_ACCEPT_ENCODING="br, gzip")
    assert ("Content-Encoding" in answer.headers) == (kind == "text/csv; charset=utf-8")
    assert (answer.content == site.get().content) == (kind != "text/csv; charset=utf-8")


@pytest.mark.django_db(transaction=True)
def test_links_in_headers_stand_on_ready_pages_and_on_what_says_that_nothing_changed(client):
    PublishedPilotFactory(slug="town")
    for address in ("/pilots/town/", "/pilots/town.csv", "/pilots/town.ris"):
        first, again = client.get(address), client.get(address)
        known = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert known.status_code == 304
        assert "/pilots/town/>" in first.headers["Link"]
        assert first.headers["Link"] == again.headers["Link"] == known.headers["Link"], address


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        *[("gzip, deflate, br", "br"), ("gzip", "gzip"), ("GZIP;q=1.0", "gzip"), ("*", "br"), ("", "")],
        *[("br;q=0, gzip;q=0.5", "gzip"), ("br;q=0.1, gzip;q=0.9", "gzip"), ("gzip;q=0", ""), ("*;q=0", "")],
        *[("identity, gzip;q=0.5", ""), ("gzip;q=nan", ""), ("gzip;q=2", ""), ("gzip;q=", ""), (";;,,", "")],
    ],
)
def test_encoding_is_the_one_the_browser_likes_best(accepted, best):
    assert encoding(accepted) == best


def test_one_visitor_makes_the_page_and_the_others_wait_for_it(site):
    begun, go_on = threading.Event(), threading.Event()
    view = site.cache.get_response

    def slow(request):
        begun.set()
        go_on.wait(10)
        return view(request)

    site.cache.get_response = slow
    with ThreadPoolExecutor(8) as visitors:
        answers = [visitors.submit(site.get) for _ in range(8)]
        assert begun.wait(10)
        go_on.set()
        assert len({answer.result(10).content for answer in answers}) == 1
    assert site.asked == 1


def test_mistake_while_a_page_is_made_holds_nobody_up(site):
    view, mistakes = site.cache.get_response, iter([ValueError("mistake")])

    def spoilt(request):
        for mistake in mistakes:
            raise mistake
        return view(request)

    site.cache.get_response = spoilt
    with pytest.raises(ValueError, match="mistake"):
        site.get()
    assert b"page 1" in site.get().content


def test_memory_has_an_end_and_the_longest_unasked_page_goes_first():
    page = CachedPage(HttpResponse("x" * 10_000))
    store = Pages(most_bytes=3 * page.size)
    for key in ("a", "b", "c"):
        store.put(1, (key,), page)
    assert store.get(1, ("a",))
    store.put(1, ("d",), page)
    assert [key for key in "abcd" if store.get(1, (key,))] == ["a", "c", "d"]
    assert store.size == 3 * page.size
    store.put(1, ("d",), page)
    assert store.size == 3 * page.size


def test_large_page_is_sent_and_not_kept(site, monkeypatch):
    monkeypatch.setattr(page_cache, "LARGEST", 100)
    site.get()
    site.get()
    assert site.asked == 2


def test_editor_is_answered_when_no_process_takes_an_older_version_for_the_present_one(site, monkeypatch):
    done = []
    monkeypatch.setattr(page_cache, "current", lambda: done.append("asked"))
    monkeypatch.setattr(page_cache.time, "sleep", done.append)
    monkeypatch.setattr(page_cache, "GOOD_FOR", 0.25)
    site.get("/admin/pilots/pilot/1/change/", method="post")
    assert done == []
    site.get("/admin/pilots/pilot/1/change/", method="post", HTTP_COOKIE="session=1")
    assert done == [0.25, "asked"]


def test_version_is_asked_for_again_when_it_is_no_longer_good(site, monkeypatch):
    monkeypatch.setattr(page_cache, "GOOD_FOR", 0.25)
    for moment, seen in ((0, b"page 1"), (0.125, b"page 1"), (0.25, b"page 2")):
        monkeypatch.setattr(page_cache.time, "monotonic", lambda moment=moment: moment)
        assert seen in site.get().content
        site.version += 1


def test_edit_past_the_portal_shows_within_a_second():
    assert page_cache.GOOD_FOR < 1


@pytest.mark.django_db
def test_every_parameter_that_pages_read_is_known(client, monkeypatch):
    """A parameter that pages read and the cache does not know would never be kept; one nobody reads, kept in vain."""
    read = set()

    class Telling(QueryDict):
        """Notes what is read of it."""

        def getlist(self, key, default=None):
            read.add(key)
            return super().getlist(key, default)

        def __getitem__(self, key):
            read.add(key)
            return super().__getitem__(key)

    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Telling)
    pilot = PublishedPilotFactory(slug="avignon", authority__slug="the-hague")
    pilot.partners.add(PartnerFactory(slug="fryshuset-exit-sweden"))
    for address in [*addresses.page_addresses(), *addresses.machine_addresses()]:
        client.get(address)
    assert read == PARAMETERS


def test_every_address_is_for_everybody_or_for_nobody_to_keep():
    private = {f"{page}-{ending}" for page in ("pilot", "shortlist", "compare") for ending in ("pdf", "docx")}
    private |= {*addresses.DEBUG_ONLY, *addresses.BY_LINK, "livez", "readyz", "favicon", "touch-icon"}
    assert PUBLIC | private == addresses.declared()
    assert not PUBLIC & private


@pytest.mark.parametrize("address", ["/livez", "/static/site.css", "/admin/", "/nowhere/", "/pilots", "/?x=1"])
def test_database_is_not_asked_for_what_is_never_kept(site, monkeypatch, address):
    monkeypatch.setattr(page_cache, "current", pytest.fail)
    site.status = 404
    assert site.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/pilots/", "/lessons/", "/map/", "/matrix/", "/shortlist/", "/pilots/avignon/"])
def test_order_of_names_in_an_address_means_nothing(client, path):
    PublishedPilotFactory(slug="avignon", authority__country="FR")
    pairs = "country=FR&country=XX&keep=avignon&rows=hue&kind=odd&show=all&q=a&sort=newest&from=map"
    turned = "from=map&sort=newest&q=a&show=all&kind=odd&rows=hue&keep=avignon&country=FR&country=XX"
    assert client.get(f"{path}?{pairs}").content == client.get(f"{path}?{turned}").content


def test_page_that_tells_the_date_is_made_again_each_day(site, monkeypatch):
    noon = 1_800_000_000.0
    for moment, asked in ((noon, 1), (noon + 60, 1), (noon + page_cache.DAY, 2)):
        monkeypatch.setattr(page_cache.time, "time", lambda moment=moment: moment)
        site.get()
        assert site.asked == asked


def test_head_fills_the_cache_with_the_whole_page(site):
    view = site.cache.get_response
    site.cache.get_response = lambda request: HttpResponse("") if request.method == "HEAD" else view(request)
    site.get(method="head")
    assert b"page 1" in site.get().content


@pytest.mark.parametrize("change", [{"status": 404}, {"headers": {"Cache-Control": "no-cache"}}], ids=str)
def test_answer_that_is_not_kept_is_compressed_too(site, change):
    vars(site).update(change)
    answer = site.get(HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"page 1" in gzip.decompress(answer.content)


def test_two_who_saw_different_versions_do_not_wait_for_each_other(site):
    begun, go_on = threading.Event(), threading.Event()
    view = site.cache.get_response

    def slow(request):
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
        return view(request)

    site.cache.get_response = slow
    with ThreadPoolExecutor(1) as visitors:
        first = visitors.submit(site.get)
        assert begun.wait(10)
        site.version = 2
        assert b"page 1" in site.get().content
        go_on.set()
        assert b"page 2" in first.result(10).content
    assert b"page 1" in site.get().content


@pytest.mark.django_db(transaction=True)
def test_pages_of_the_site_are_kept_until_an_edit_and_never_for_editors(client):
    store = page_cache.pages
    pilot = PublishedPilotFactory(slug="avignon", summary="Before.")
    for address in ("/", "/pilots/", "/pilots/avignon/", "/lessons/", "/map/"):
        fresh, ready = client.get(address), client.get(address)
        assert fresh.content == ready.content
        assert "ETag" in ready.headers
    assert len(store.items) == 5
    PilotTranslation.objects.filter(master=pilot).update(summary="After.")
    assert b"After." in client.get("/pilots/").content
    assert b"Before." not in client.get("/pilots/avignon/").content
    for address in ("/readyz", "/livez", "/nowhere/", "/admin/login/", "/pilots/?page=9"):
        client.get(address)
    assert len(store.items) == 2
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert "ETag" not in client.get("/pilots/").headers


def at_the_door(site, **headers):
    """Ask as the server does; return status, headers and body, or "Django" where the request went on to it."""
    sent = []
    door = page_cache.serving_cached_pages(lambda _asked, _start: [b"Django"])
    asked = RequestFactory().get("/pilots/", HTTP_HOST="127.0.0.1").META | {"REQUEST_METHOD": "GET"} | headers
    body = b"".join(door(asked, lambda status, headers: sent.append((status, dict(headers)))))
    return (*sent[0], body) if sent else "Django"


def test_ready_page_goes_out_before_django_is_asked_as_the_middleware_sends_it(site):
    assert at_the_door(site) == "Django"
    site.get()
    for encodings in ("", "gzip", "br"):
        made = site.get(HTTP_ACCEPT_ENCODING=encodings)
        status, headers, body = at_the_door(site, HTTP_ACCEPT_ENCODING=encodings)
        assert (status, headers, body) == ("200 OK", dict(made.headers), made.content)
    assert at_the_door(site, REQUEST_METHOD="HEAD")[1:] == (dict(site.get().headers), b"")
    status, headers, body = at_the_door(site, HTTP_IF_NONE_MATCH=site.get().headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")
    assert "Content-Length" not in headers


def test_what_the_cache_had_is_noted_for_whoever_counts(site):
    noted = []
    for own in ({}, {}, {"HTTP_COOKIE": "session=1"}):
        request = RequestFactory().get("/pilots/", HTTP_HOST="127.0.0.1", **own)
        site.cache(request)
        noted.append(request.META.get(page_cache.OUTCOME))
    assert noted == ["miss", "hit", None]
    asked = RequestFactory().get("/pilots/", HTTP_HOST="127.0.0.1").META
    page_cache.serving_cached_pages(pytest.fail)(asked, lambda _status, _headers: None)
    assert asked[page_cache.OUTCOME] == "hit"


@pytest.mark.parametrize(
    "other",
    [
        *[{"HTTP_COOKIE": "session=1"}, {"HTTP_AUTHORIZATION": "Basic eA=="}, {"HTTP_RANGE": "bytes=0-1"}],
        *[{"REQUEST_METHOD": "POST"}, {"HTTP_HOST": "evil.example"}, {"wsgi.url_scheme": "https"}],
        *[{"PATH_INFO": "/pilots"}, {"SCRIPT_NAME": "/x"}, {"QUERY_STRING": "colour=red"}, {"QUERY_STRING": "q=x"}],
    ],
    ids=str,
)
def test_everybody_else_is_let_in(site, other):
    site.get()
    assert at_the_door(site) != "Django"
    assert at_the_door(site, **other) == "Django"


@pytest.mark.parametrize("version", [2, None])
def test_no_page_of_another_version_goes_out(site, version):
    site.get()
    site.version = version
    assert at_the_door(site) == "Django"
