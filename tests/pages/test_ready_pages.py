"""Pages made of parts that are kept ready show every edit at once, and nobody what another visitor chose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.index import rows as public_rows
from pilots.index.fragments import CONTENT
from pilots.index.rows import LESSONS, PARTS, PILOTS
from pilots.models import GlossaryTerm, Pilot, PreviewLink
from tests import factories
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory

LIST, PAGE = "/pilots/", "/pilots/second/"


@pytest.fixture(autouse=True)
def _nothing_is_ready():
    for cache in (CONTENT, PILOTS, LESSONS, PARTS):
        cache.clear()


@pytest.fixture
def second(transactional_db):
    """Make three public pilots of one country and partner; return the one in the middle."""
    partner = factories.PartnerFactory(name="Old partner")
    activity = factories.ActivityTypeFactory(name="Old activity")
    pilots = [
        PublishedPilotFactory(slug=slug, partners=[partner], activity_types=[activity], authority__slug=slug)
        for slug in ("first", "second", "third")
    ]
    LessonFactory(pilot=pilots[1], number=1, kind="hard", text="Old lesson on the OLDTERM.")
    factories.GlossaryTermFactory(term="OLDTERM", meaning="Old meaning.")
    return pilots[1]


@pytest.fixture
def shown(client):
    """A function from an address to the text of its page."""
    return lambda address: client.get(address).content.decode()


def edits(pilot: Pilot) -> dict[str, tuple[str, object]]:
    """Return for each old text where it shows, and the rows that hold it."""
    return {
        "Old partner": (LIST, pilot.partners.get().translations),
        "Old activity": (LIST, pilot.activity_types.get().translations),
        "Old meaning": (PAGE, GlossaryTerm.objects.get().translations),
        "Old lesson": (PAGE, pilot.lessons.get().translations),
        pilot.authority.name: (LIST, pilot.authority.translations),
        pilot.title: (LIST, pilot.translations),
    }


def test_edit_of_anything_a_part_shows_is_on_the_next_page(second, shown):
    fields = {"Old lesson": "text", "Old meaning": "meaning", second.title: "title"}
    for old, (address, rows) in edits(second).items():
        assert [old in shown(address) for _visit in range(2)] == [True, True]
        rows.update(**{fields.get(old, "name"): "New words"})
        assert old not in shown(address)
        assert "New words" in shown(address)
        rows.update(**{fields.get(old, "name"): "Other words"})
        assert "New words" not in shown(address)


def test_page_whose_parts_are_ready_takes_one_query(second, shown, django_assert_num_queries):
    addresses = (LIST, f"{LIST}?country=FR&sort=newest", PAGE, f"{PAGE}?country=FR", f"{PAGE}?from=map")
    for address in addresses:
        shown(address)
    for address in addresses:
        with django_assert_num_queries(1):
            shown(address)


def test_nobody_sees_what_another_visitor_chose(second, shown):
    choices = (
        "",
        "?country=FR",
        "?keep=first",
        "?keep=second&keep=third&sort=-place",
        "?from=lessons&kind=hard",
        "?" + "&".join(["keep=first"] + [f"keep=x{n}" for n in range(10)]),
    )
    addresses = [page + choice for choice in choices for page in (LIST, PAGE, "/lessons/", "/")]
    alone = []
    for address in addresses:
        CONTENT.items.clear()
        alone.append(shown(address))
    CONTENT.items.clear()
    assert [shown(address) for address in addresses] == alone
    assert [shown(address) for address in reversed(addresses)] == alone[::-1]
    assert len(CONTENT.items) > 0


def test_preview_neither_takes_what_is_ready_nor_leaves_anything(second, shown):
    copy = PilotFactory(slug="copy", revises=second, title="Secret title", authority=second.authority)
    until = timezone.now() + timedelta(days=1)
    links = [PreviewLink.objects.create(pilot=pilot, expires_at=until) for pilot in (copy, second)]
    shown(PAGE)
    ready = dict.fromkeys(CONTENT.items, ("Taken from what is ready",))
    CONTENT.items.update(ready)
    previews = [shown(f"/preview/{link.token}/") for link in links]
    assert [preview.count("Secret title") > 0 for preview in previews] == [True, False]
    assert not any("Taken from what is ready" in preview for preview in previews)
    assert CONTENT.items == ready


@pytest.fixture
def hide_before(second, monkeypatch):
    """A function that has `second` withdrawn just before the rows of a page are read by the function of this name."""

    def prepare(name):
        read = getattr(public_rows, name)

        def hide_and_read(public, ids):
            Pilot.objects.filter(pk=second.pk).update(status="archived")
            return read(public, ids)

        monkeypatch.setattr(public_rows, name, hide_and_read)

    return prepare


def test_pilot_that_is_hidden_while_its_list_is_made_is_left_out(second, shown, hide_before):
    hide_before("_read_pilots")
    page = shown(LIST)
    assert "2 pilots" in page
    assert second.title not in page


def test_pilot_that_is_hidden_while_it_is_compared_is_left_out(second, shown, hide_before):
    hide_before("_read_parts")
    page = shown("/compare/?pilot=first&pilot=second&pilot=third")
    assert [word in page for word in ("Old lesson", second.title)] == [False, False]
    assert "“second” is no longer published" in page
    assert page.count('<th scope="col"') >= 2


@pytest.mark.django_db
def test_nothing_is_ready_of_what_may_never_be_committed(client):
    PublishedPilotFactory(slug="second")
    client.get(LIST)
    client.get(PAGE)
    assert not CONTENT.items
