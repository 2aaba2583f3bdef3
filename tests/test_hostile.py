"""Hostile input on every path and parameter: an answer, never a failure of the server."""

import contextlib
import functools
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from pilots.browse.filters import FACETS
from pilots.browse.lessons import LessonListing
from pilots.browse.listing import Listing, NoSuchPage
from pilots.browse.matrix import Matrix
from pilots.browse.selection import SHARED, InvalidQuery
from tests import factories
from tests.cached_content import cached_content
from tests.examples import drawn
from tests.pages import addresses
from tests.steps import counted, uncounted

pytestmark = pytest.mark.django_db

# Pages take up to 200,000 calls, the first of all, which loads the site, 600,000. What grows with the square of its
# input takes a hundred million.
MOST_STEPS = 2_000_000
MOST_QUERIES = 30  # a list takes up to 16, the first one after a change some ten more to read what there is
MOST_QUERIES_OF_EDITORS = 60  # the form of an entry with all its parts takes some 50
# Input that is shorter cannot take many, and counting makes a request half as slow again.
COUNTED_FROM = 300  # characters
BOUNDED = drawn(40)
# What is drawn is like the values below, of which each is tried on both.
ON_ONE = pytest.mark.databases("sqlite")

# As an address carries them: percent-encoded, or raw bytes, which a server hands on as Latin-1.
VALUES = [
    "%00", "a%00b", "%ED%A0%80", "%FF%FE", "%C3%28", "%F4%90%80%80", "\xed\xa0\x80", "\xff", "%", "%%",
    "%u0041", "%2500",
    "9" * 30, "-" + "9" * 30, "1e400", "-1e400", "NaN", "Infinity", "0x7fffffff", "1_000", "0", "-1", "1.0", "%2B1",
    "a" * 10_000, "%F0%9F%92%A9" * 500, "a+" * 1_000, "%CC%81" * 300, "*", "_", "%25", "%5C", "[]", "null", "true",
    *map(quote, ["\N{ARABIC-INDIC DIGIT THREE}", "' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd",
                 "(a+)+$", "{{ 7*7 }}{% include 'x' %}", "%(name)s %s {0}", "\r\nSet-Cookie: a=b", "\u202e\u2066\ufdfa",
                 "İıßﬁ"]),
]  # fmt: skip
ENDS = ["", "__regex", "__iregex", "__in", "__isnull", "__gt", "[]", "%00", "__contains__lower", "%ED%A0%80"]
NAMES = [
    *FACETS,
    *SHARED,
    "kind",
    "rows",
    "columns",
    "pilot",
    "show",
    "lang",
    "updated_after",
    "_connector",
    "_negated",
    "pk",
    "id",
    "status",
    "password",
    "translations__title",
    "csrf",
    "p",
    "o",
    "e",
]

LISTS = {"/pilots/": Listing, "/lessons/": LessonListing, "/matrix/": Matrix}
NAMES_OF_LISTS = [(*FACETS, "kind", "q", "rows", "columns"), ("page",), ("sort", "per_page", "colour")]

public_paths = st.sampled_from(
    [*addresses.PAGES, *addresses.API, *addresses.CITATION_FILES, *addresses.MACHINES, *addresses.PARTS]
)
values = st.one_of(
    st.sampled_from(VALUES),
    st.binary(max_size=60).map(quote),
    st.text(max_size=60).map(lambda text: quote(text.encode("utf-8", "surrogatepass"))),
)
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(ENDS), values).map("{0[0]}{0[1]}={0[2]}".format)
queries = st.one_of(
    st.lists(pairs, max_size=6).map("&".join),
    st.tuples(st.sampled_from(NAMES), values, st.sampled_from([21, 1_500])).map(
        lambda drawn: "&".join([f"{drawn[0]}={drawn[1][:40]}"] * drawn[2])
    ),
)


@pytest.fixture(scope="module")
def entries(django_db_setup: None, django_db_blocker: DjangoDbBlocker):
    """Keep one entry of every kind for the tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        pilot = factories.PublishedPilotFactory(slug="avignon", authority__slug="the-hague")
        pilot.partners.set([factories.PartnerFactory(slug="fryshuset-exit-sweden")])
        for part in (factories.LessonFactory, factories.KeyFigureFactory, factories.PassageFactory):
            part(pilot=pilot)
        for factory in (factories.AudienceFactory, factories.TargetGroupFactory, factories.StageFactory):
            factory()
        factories.GlossaryTermFactory()
        with cached_content():
            b"".join(visitor().get("/data.zip"))  # whoever asks first waits for the archive: some hundred queries
            yield pilot
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def editor(entries: object) -> Client:
    """The browser of an editor who may do everything."""
    client = Client(raise_request_exception=False)
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    return client


@functools.cache
def visitor() -> Client:
    """One browser for all requests: starting the site's middleware takes longer than an answer."""
    return Client(raise_request_exception=False)


@contextlib.contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the queries of the block: their SQL as it is sent, which costs less than Django's own record of them."""
    sent: list[str] = []

    def note(execute: Callable[..., object], sql: str, *others: object) -> object:
        sent.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        yield sent


def ask(path: str, query: str = "", client: Client | None = None, body: bytes = b"", kind: str = "") -> HttpResponse:
    """Ask for an address of raw bytes; what the request breaks in the database's transaction is mended."""
    asking = functools.partial((client or visitor()).generic, QUERY_STRING=query)
    counting = counted if len(path) + len(query) + len(body) >= COUNTED_FROM else uncounted
    with transaction.atomic(), count_queries() as queries:
        response, taken = counting(asking, "POST" if kind else "GET", path, body, kind)
        transaction.set_rollback(True)
    assert response.status_code < 500, (response.status_code, path, query[:200])
    assert b"Traceback" not in b"".join(response)
    assert taken < MOST_STEPS, (taken, path, query[:200])
    most = MOST_QUERIES_OF_EDITORS if path.startswith("/admin/") else MOST_QUERIES
    assert len(queries) < most, (len(queries), path, query[:200])
    return response


def address_of(name: str, argument: str | None = None) -> str:
    """The path of a public address; `argument`, encoded as for an address, in place of its slug."""
    if name in addresses.PARTS:
        return reverse(name, args=[addresses.PARTS[name][0]])
    kind = (addresses.PAGES | addresses.API | addresses.CITATION_FILES).get(name)
    if kind is None:
        return reverse(name)
    return reverse(name, args=["SLUG"]).replace("SLUG", addresses.ARGUMENTS[kind] if argument is None else argument)


@ON_ONE
@BOUNDED
@given(name=public_paths, query=queries)
def test_public_addresses_with_any_parameters(entries, name, query):
    ask(address_of(name), query)


@ON_ONE
@drawn(75)
@given(path=st.sampled_from(["/pilots/", "/lessons/", "/matrix/", "/suggest/"]), query=queries)
def test_list_with_any_parameters(entries, path, query):
    ask(path, query)


def assigned(names: Iterable[str], value: str) -> str:
    """A query in which each name has the value."""
    return "&".join(f"{name}={value}" for name in names)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("names", NAMES_OF_LISTS, ids=str)
def test_list_reads_each_bad_value_of_each_parameter_or_refuses_it(entries, path, names):
    for value in VALUES:
        if "%00" not in value:  # the site refuses those before any page sees them
            with contextlib.suppress(InvalidQuery, NoSuchPage), count_queries() as queries:
                assert LISTS[path](QueryDict(assigned(names, value))).total in {0, 1}
            assert len(queries) < MOST_QUERIES


@pytest.mark.parametrize("names", NAMES_OF_LISTS, ids=str)
def test_list_shows_each_bad_value_of_each_parameter(entries, names):
    for value, path in zip(VALUES, itertools.cycle(LISTS)):
        ask(path, assigned(names, value))


def test_suggestions_for_each_bad_value(entries):
    for value in VALUES:
        ask("/suggest/", assigned(("q", "page", "sort", *FACETS), value))


@ON_ONE
@BOUNDED
@given(name=st.sampled_from([name for name, kind in addresses.PAGES.items() if kind]), value=values)
def test_any_slug(entries, name, value):
    ask(address_of(name, value))


@pytest.mark.parametrize("name", [name for name, kind in addresses.PAGES.items() if kind])
def test_each_bad_slug(entries, name):
    for value in VALUES:
        ask(address_of(name, value))


@ON_ONE
@BOUNDED
@given(path=values)
def test_any_path(entries, path):
    ask(f"/{path}")


@pytest.mark.parametrize("query", ["q=%00", "a=b&c=%00d", "%00", "%00=1", "q=a%00b&country=FR"])
@pytest.mark.parametrize("path", ["/", "/pilots/", "/about/", "/robots.txt", "/admin/login/", "/fr/pilots/", "/sv/"])
def test_nul_in_the_query_is_400_everywhere(entries, path, query):
    assert ask(path, query).status_code == 400


@pytest.mark.parametrize("path", ["/%00", "/pilots/%00/", "/pilots/avignon%00/", "/partners/%00", "/static/%00.css"])
def test_nul_in_the_path_is_400_everywhere(entries, path):
    assert ask(path).status_code == 400


@pytest.mark.parametrize("path", ["/pilots/", "/", "/admin/login/"])
@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain; charset=utf-7", "multipart/form-data", "x/y; charset=no"]
)
def test_any_body_in_a_wrong_encoding(entries, path, kind):
    ask(path, "q=%ED%A0%80", body=b"\xff\xfe\x00 q=%00&username=\xed\xa0\x80", kind=kind)


# The admin ---------------------------------------------------------------------

MODELS = [model._meta.model_name for model in apps.get_app_config("pilots").get_models()
          if model.__name__ in {"Pilot", "Authority", "Partner", "Source", "GlossaryTerm", "ActivityType", "Audience",
                                "TargetGroup", "Stage"}]  # fmt: skip
ADMIN_NAMES = ["q", "p", "o", "e", "all", "_popup", "_to_field", "_changelist_filters", "status__exact", "country",
               "partner", "activity", "kind__exact", "country__exact", "language", "name", "slug", "translations__name",
               "id", "pk", "order", "_connector", "_facets", "authority__country", "password"]  # fmt: skip
admin_pairs = st.tuples(st.sampled_from(ADMIN_NAMES), st.sampled_from(ENDS), values).map("{0[0]}{0[1]}={0[2]}".format)
admin_queries = st.lists(admin_pairs, max_size=4).map("&".join)


# Together what leads on and is shown, alone what ends in a refusal before the others are read.
@pytest.mark.parametrize("names", [("q", "o", "p"), ("partner", "status__exact"), ("id",), ("slug__regex",)], ids=str)
def test_list_of_the_admin_with_each_bad_value(editor, names):
    for value in VALUES:
        ask("/admin/pilots/pilot/", assigned(names, value), editor)


@ON_ONE
@BOUNDED
@given(model=st.sampled_from(MODELS), query=admin_queries)
def test_lists_of_the_admin_with_any_parameters(editor, model, query):
    ask(f"/admin/pilots/{model}/", query, editor)


@ON_ONE
@BOUNDED
@given(
    model=st.sampled_from(MODELS),
    value=values,
    end=st.sampled_from(["change/", "delete/", "history/", ""]),
    query=admin_queries,
)
def test_entries_of_the_admin_with_any_id(editor, model, value, end, query):
    ask(f"/admin/pilots/{model}/{value}/{end}", query, editor)


@pytest.mark.parametrize("end", ["change/", "delete/", "history/"])
def test_entries_of_the_admin_with_each_bad_id(editor, end):
    for value in VALUES:
        ask(f"/admin/pilots/pilot/{value}/{end}", "", editor)


@ON_ONE
@BOUNDED
@given(
    model=st.sampled_from(["pilot", "organisationinvolved", "nothing"]),
    field=st.sampled_from(["authority", "partners", "partner", "source", "status", "translations", "%00"]),
    term=values,
    page=values,
)
def test_autocomplete_with_anything(editor, model, field, term, page):
    query = f"app_label=pilots&model_name={model}&field_name={field}&term={term}&page={page}"
    ask("/admin/autocomplete/", query, editor)


def test_autocomplete_answers_when_asked_properly(editor):
    query = "app_label=pilots&model_name=pilot&field_name=authority&term=Municipality"
    response = ask("/admin/autocomplete/", query, editor)
    assert response.status_code == 200
    assert len(json.loads(response.content)["results"]) == 1


@pytest.mark.parametrize(
    "lookup",
    ["name__regex=(a%2B)%2B%24", "slug__regex=.", "translations__title__iregex=a", "authority__slug__contains=a"],
)
def test_look_ups_that_no_filter_makes_are_refused(editor, lookup):
    response = ask("/admin/pilots/pilot/", lookup, editor)
    assert (response.status_code, response.get("Location")) in {(400, None), (302, "/admin/pilots/pilot/?e=1")}


@pytest.mark.parametrize("value", ["%00", "%ED%A0%80", "9" * 30, "a" * 10_000, "NaN"])
@pytest.mark.parametrize("path", ["/admin/pilots/pilot/", "/admin/pilots/partner/add/", "/admin/login/"])
def test_forms_of_the_admin_with_bad_values(editor, path, value):
    names = ("action", "_selected_action", "name", "slug", "order", "form-TOTAL_FORMS", "username", "password", "start")
    body = "&".join(f"{name}={value}" for name in names)
    ask(path, "", editor, body.encode(), "application/x-www-form-urlencoded")
