"""What holds for every test: no network, static files there to be named."""

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.utils.translation import activate
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests import tables
from tests.exhaustive import EXHAUSTIVE
from tests.run_all import collect_static_files
from tests.visitors import visitor

# They ask again, by the thousand, for pages that other modules ask for and read. Measuring what they reach would
# make them half as slow again; what nothing else reaches counts as not reached.
UNMEASURED = {
    "test_access.py",
    "test_forms.py",
    "test_admin_query_counts.py",
    "test_concurrent_editors.py",
    "test_counts.py",
    "test_escaping.py",
    "test_every_page.py",
    "test_fixture_facts.py",
    "test_front_and_organisations.py",
    "test_gettext.py",
    "test_gettext_editing.py",
    "test_headers.py",
    "test_hostile.py",
    "test_hostile_admin.py",
    "test_inflections.py",
    "test_leaks.py",
    "test_lessons_of_nine_pilots.py",
    "test_load_pilots.py",
    "test_long_list.py",
    "test_many_pilots.py",
    "test_matrix_of_nine_pilots.py",
    "test_persons_out_of_reach.py",
    "test_pointers_of_nine_pilots.py",
    "test_queries.py",
    "test_query_counts.py",
    "test_random_requests.py",
    "test_roles.py",
    "test_search_in_nine_pilots.py",
    "test_selects.py",
    "test_thousands_of_places.py",
    "test_thousands_of_ties.py",
}
TESTS = Path(__file__).resolve().parent
paused: list[Coverage] = []
measured: set[tuple[Path, str]] = set()
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

# A busy machine makes examples slow, which is no failure; and a failure is kept as a test, not in a folder.
settings.register_profile("portal", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", parent=settings.get_profile("portal"), max_examples=20)  # of `make check`
settings.load_profile("portal")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="leave out the modules that tests/exhaustive.py names")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let tests reach this machine only, and collect garbage seldom: collecting tests makes none.

    First, because pytest-socket reads its options in this hook.
    """
    gc.set_threshold(50_000, 20, 100)
    config.option.allow_hosts = "127.0.0.1,::1,localhost"
    config.option.allow_unix_socket = True


def is_for(item: pytest.Item, database: str) -> bool:
    """Whether a test is to be run on this database.

    A module may name its DATABASES: one, when what it claims cannot differ between them, or both, when it asks them in
    other ways than through Django. So may one test or set of values, by the mark `databases`, which goes first.
    Any other test is for both, unless it asks none: pytest-django refuses it then.
    """
    mark = item.get_closest_marker("databases")
    if named := mark.args if mark else getattr(item.module, "DATABASES", ()):
        return database in named
    return bool(item.get_closest_marker("django_db")) or bool(DATABASE_FIXTURES & set(item.fixturenames))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, what cannot be different there, and of a quick run what is exhaustive."""
    out = set[pytest.Item]()
    if connection.features.has_select_for_update:
        out |= {item for item in items if item.path.parent.name != "browser" and not is_for(item, "postgresql")}
    if config.option.quick:
        out |= {item for item in items if item.path.relative_to(TESTS).as_posix() in EXHAUSTIVE}
    config.hook.pytest_deselected(items=[item for item in items if item in out])
    items[:] = [item for item in items if item not in out]


def pytest_collection_finish() -> None:
    """Keep the garbage collector from the collected tests: it would walk them, all the time, and find none to free."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Measure no coverage where the same is done again: in some modules, with a second set of values, with many drawn.

    It is paused until a test that is to be measured begins.
    """
    name = (item.path, getattr(item, "originalname", item.name))
    again = name in measured or is_hypothesis_test(getattr(item, "obj", None))
    if item.path.name not in UNMEASURED and not again:
        measured.add(name)
        if paused:
            paused.pop().start()
    elif measuring := Coverage.current():
        measuring.stop()
        paused.append(measuring)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Have the tables in SQLite's memory before Django looks what there is to migrate; PostgreSQL copies a database."""
    with contextlib.ExitStack() as kept:
        if connection.vendor == "sqlite":
            kept.enter_context(tables.in_memory())
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Collect the static files, so that pages can name them."""
    collect_static_files()


@pytest.fixture(scope="session", autouse=True)
def plain_widgets(django_test_environment: None) -> Iterator[None]:
    """Render widgets as the site does: Django would note each, hundreds a form, in `response.templates`."""
    noting = Template._render

    def render(template: Template, context: Context) -> str:
        is_widget = (template.name or "").startswith(("django/forms/widgets/", "admin/widgets/"))
        return template.nodelist.render(context) if is_widget else noting(template, context)

    Template._render = render
    yield
    Template._render = noting


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave the thread in English, whatever the language of the page that a test asked for last."""
    yield
    activate(django_settings.LANGUAGE_CODE)


@pytest.fixture
def client() -> Client:
    return visitor()


@pytest.fixture
def admin_client(admin_user: User) -> Client:
    """An administrator who has logged in."""
    client = visitor()
    client.force_login(admin_user)
    return client
