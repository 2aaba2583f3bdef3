"""The cards that previews of links show: a picture of each pilot with its words, of one size."""

import struct

import pytest

from pilots.exports import cards
from pilots.index.pilots import index
from pilots.index.rows import public_pilots
from pilots.pictures.card import HEIGHT, WIDTH, Card, draw_card
from tests import factories
from tests.pages.reading import body
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Drawn by Python alone.
DATABASES = ("sqlite",)

PNG = b"\x89PNG\r\n\x1a\n"
LONG = "Cooperation of many agencies " * 30
HOSTILE = '#panic("run") *bold* $x$ `raw` \\ @label <tag> // --- [ ] { } é Ελλάδα עברית 日本語 \u202e \x7f'


def size_of(picture):
    """Width and height of a PNG."""
    assert picture.startswith(PNG)
    return struct.unpack(">II", picture[16:24])


@pytest.fixture
def pilot():
    return factories.PublishedPilotFactory(
        slug="town",
        title="Cats & dogs",
        authority=factories.AuthorityFactory(slug="hall", name="Hall of Town", country="FR"),
        partners=[factories.PartnerFactory(slug=name.lower(), name=name) for name in ("Angels", "Friends")],
    )


def drawn(card):
    return draw_card(card, *cards._design())


@pytest.mark.parametrize("address", ["/pilots/town.png", "/card.png"])
def test_card_is_a_picture_of_the_size_that_pages_say(pilot, address):
    response = visitor().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert size_of(body(response)) == (1200, 630) == (WIDTH, HEIGHT)
    assert not response.cookies


def test_pages_of_other_sites_may_show_cards_and_nothing_else(pilot):
    def policy(address):
        return visitor().get(address).headers["Cross-Origin-Resource-Policy"]

    assert {policy(address) for address in ("/pilots/town.png", "/card.png")} == {"cross-origin"}
    assert {policy(address) for address in ("/pilots/town/", "/apple-touch-icon.png", "/map.svg", "/pilots.csv")} == {
        "same-origin"
    }
    assert "Access-Control-Allow-Origin" not in visitor().get("/pilots/town.png").headers
    assert "X-Robots-Tag" not in visitor().get("/pilots/town.png").headers


def test_card_says_title_authority_country_and_partners(pilot):
    public = index()
    card = cards.card_of(public_pilots(public, [pilot.pk])[pilot.pk], public.known(pilot.pk))
    assert card == Card("PREPARE pilots", "Cats & dogs", "en", ("Hall of Town · France", "with Angels and Friends"))


def test_card_changes_with_the_pilot(pilot, django_capture_on_commit_callbacks):
    before = body(visitor().get("/pilots/town.png"))
    pilot.translations.update(title="Dogs & cats")
    assert body(visitor().get("/pilots/town.png")) != before


@pytest.mark.parametrize("title", ["", "x", LONG, "Unbroken" * 60, HOSTILE, "Ä" * 200, "日本語" * 100])
def test_any_words_make_a_card_of_that_size(title):
    assert size_of(drawn(Card("PREPARE pilots", title, "fr", (title, title)))) == (WIDTH, HEIGHT)


def test_words_that_do_not_fit_are_left_out_and_those_that_do_are_not():
    def card(title):
        return drawn(Card("PREPARE pilots", title, "en", ()))

    assert card(LONG) == card(f"{LONG} and more")
    assert card("Cooperation of many agencies") != card("Cooperation of many agencies and more")


def test_draft_has_no_card_and_what_is_gone_says_so(pilot):
    factories.PilotFactory(slug="draft", published_at=None)
    gone = factories.PublishedPilotFactory(slug="gone")
    type(gone).objects.filter(pk=gone.pk).update(status="draft")
    assert visitor().get("/pilots/draft.png").status_code == visitor().get("/pilots/nobody.png").status_code == 404
    assert visitor().get("/pilots/gone.png").status_code == 410


def test_parameters_are_refused(pilot):
    assert visitor().get("/pilots/town.png?colour=red").status_code == 400
    assert visitor().get("/card.png?colour=red").status_code == 400


def test_who_waits_too_long_for_others_cards_is_told_to_come_back(pilot, monkeypatch):
    monkeypatch.setattr(cards, "PATIENCE", 0.01)
    with cards._drawing:
        response = visitor().get("/pilots/town.png")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.headers["Content-Type"].startswith("text/html")
    assert visitor().get("/pilots/town.png").status_code == 200
