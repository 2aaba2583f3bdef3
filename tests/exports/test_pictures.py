"""Pictures to take away: whole in themselves, for any program that reads SVG."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.exports.reading_files import body
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Drawn by Python alone.
DATABASES = ("sqlite",)

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = [
    "/map.svg",
    "/partners.svg",
    "/map.svg?country=FR&partner=denkzeit",
    "/partners.svg?country=FR&partner=denkzeit",
]


@pytest.mark.parametrize("address", PICTURES)
def test_picture_is_whole_in_itself(address):
    picture = ET.fromstring(body(address))
    assert picture.tag == f"{SVG}svg"
    assert float(picture.get("width")) > 600
    assert picture.findtext(f"{SVG}title").startswith("PREPARE pilots: ")
    assert "It is not stated what may be reused." in picture.findtext(f"{SVG}desc")
    style = picture.findtext(f"{SVG}style")
    assert "var(" not in style
    assert style.count("{") == style.count("}") > 3
    links = {one.get("href") for one in picture.iter(f"{SVG}a")}
    assert all(re.match("https?://", link) for link in links)


def test_pictures_show_the_pilots_that_match():
    said = body("/map.svg?country=NL").decode()
    assert "Rotterdam" in said
    assert "Avignon" not in said
    assert "Outlines: Natural Earth" in said
    assert "country Netherlands" in said
    assert "/pilots/the-hague/" in body("/partners.svg?country=NL").decode()


@pytest.mark.parametrize("address", ["/map.svg", "/partners.svg"])
def test_what_a_page_leaves_out_is_refused(address):
    assert visitor().get(f"{address}?country=XX").status_code == 400
