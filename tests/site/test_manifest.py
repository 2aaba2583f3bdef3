"""The web app manifest: name, colours and icons, each of the size that it says."""

import json
import struct

import pytest

from pilots.development.styleguide.view import declared_tokens
from tests.pages.reading import body, read
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
DATABASES = ("sqlite",)


@pytest.fixture
def manifest():
    response = visitor().get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert not response.cookies
    return json.loads(body(response))


def test_every_page_leads_to_it():
    assert read(visitor().get("/about/")).one("link", rel="manifest")["href"] == "/manifest.webmanifest"


def test_it_names_the_site_and_stays_in_the_browser(manifest):
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ("PREPARE pilots", "en", "/")
    assert manifest["display"] == "browser"


def test_its_colours_are_those_of_the_light_page(manifest):
    light = {token.name: token.value for token in declared_tokens()}
    assert (manifest["theme_color"], manifest["background_color"]) == (light["accent"], light["paper"])


def test_icons_have_the_sizes_that_it_says(manifest):
    for icon in manifest["icons"]:
        response = visitor().get(icon["src"])
        assert response.headers["Content-Type"] == icon["type"] == "image/png"
        width, height = struct.unpack(">II", body(response)[16:24])
        assert f"{width}x{height}" == icon["sizes"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
