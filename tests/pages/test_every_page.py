"""What holds on every public page: one heading, a title, nothing inline, nothing from elsewhere."""

import itertools
import re
from collections import defaultdict
from urllib.parse import unquote

import pytest
from django.conf import settings

from tests.pages import addresses
from tests.pages.reading import body, read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

ADDRESSES = [*addresses.page_addresses(), "/nowhere/", "/pilots/?page=x"]
EVERY_PAGE = pytest.mark.parametrize("address", ADDRESSES)


@pytest.fixture(scope="module")
def answers(nine_pilots, django_db_blocker):
    """The answer at every address, asked for once."""
    client = visitor()
    with django_db_blocker.unblock():
        return {address: client.get(address) for address in ADDRESSES}


@pytest.fixture(scope="module")
def documents(answers):
    """Every page, read once."""
    return {address: read(answer) for address, answer in answers.items()}


@pytest.fixture
def document(documents, address):
    return documents[address]


def test_every_address_of_the_site_is_listed_in_these_tests():
    assert addresses.declared() == addresses.expected()


@pytest.mark.parametrize("address", addresses.page_addresses())
def test_page_is_there(answers, address):
    assert answers[address].status_code == 200
    assert answers[address]["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("address", addresses.page_addresses())
def test_page_writes_nothing_and_is_the_same_again(client, answers, address):
    assert client.get(address).content == answers[address].content


@EVERY_PAGE
def test_one_h1_and_a_title_of_its_own(document):
    heading = document.one("h1").text
    title = document.one("head").one("title").text
    assert heading
    assert title.endswith(" – PREPARE pilots")
    assert title.removesuffix(" – PREPARE pilots").strip()


def test_pages_that_are_indexed_have_descriptions_of_their_own(documents):
    indexed = [
        page for page in documents.values() if page.all("link", rel="canonical") and not page.all("meta", name="robots")
    ]
    said = [page.one("meta", name="description")["content"] for page in indexed]
    assert len(said) == len(set(said)) > 10
    assert all(40 <= len(words) <= 220 for words in said), said


@EVERY_PAGE
def test_headings_skip_no_level(document):
    levels = [int(element.tag[1]) for element in document if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    main = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in itertools.pairwise(main)), levels


@EVERY_PAGE
def test_language_landmarks_and_skip_link(document):
    assert document.one("html")["lang"] == "en"
    assert document.all("a")[0]["href"] == f"#{document.one('main')['id']}"
    for landmark in ("header", "footer"):
        document.one(landmark)
    names = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in document.all("nav")]
    assert all(names)
    assert len(set(names)) == len(names)


@EVERY_PAGE
def test_ids_are_unique_and_references_to_them_lead_somewhere(document):
    ids = [element["id"] for element in document if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {element[name] for element in document for name in ("aria-labelledby", "for", "form") if element.get(name)}
    wanted |= {href[1:] for href in document.hrefs("#")}
    assert wanted <= set(ids)


@EVERY_PAGE
def test_no_inline_script_style_or_handler(document):
    assert document.all("style") == []
    assert [script for script in document.all("script") if not script.get("src") and not script.is_data] == []
    assert [(e.tag, name) for e in document for name in e.attributes if name == "style" or name.startswith("on")] == []


@EVERY_PAGE
def test_links_are_root_relative_and_nothing_is_from_another_host(document):
    # A shortlist is sent to whom the visitor chooses.
    allowed = ("/", "#", "?", f"mailto:{settings.CONTACT_EMAIL.split('@')[0]}", "mailto:?subject=")
    asked = [e[name] for e in document for name in ("href", "src", "action", "srcset") if e.get(name)]
    own = f"http://{settings.HOST}:{settings.PORT}/"
    whole = [link["href"] for link in document.all("link") if link["rel"] == "canonical" or link.get("hreflang")]
    assert all(address.startswith(own) for address in whole)
    foreign = [address for address in asked if address not in whole and not address.startswith(allowed)]
    assert foreign == []
    assert [address for address in asked if address.startswith("//")] == []


def test_every_internal_link_leads_to_a_page_and_every_fragment_to_a_place(client, documents):
    every = [link for document in documents.values() for link in document.all("a") if link.get("href")]
    # What is behind the links to other languages is tried in `test_every_language.py`.
    links = {link["href"] for link in every if link["href"].startswith("/") and not link.get("hreflang")}
    assert len(links) > 60
    fragments: dict[str, set[str]] = defaultdict(set)
    for link in links - {"/admin/"}:
        path, _hash, fragment = link.partition("#")
        fragments[path].add(fragment)
    for path, wanted in fragments.items():
        response = client.get(path)
        assert response.status_code == 200, path
        assert wanted - {""} <= set(re.findall(r'\bid="([^"]+)"', response.content.decode(errors="replace"))), path


@EVERY_PAGE
def test_mistake_or_concern_can_be_reported(document):
    (href,) = document.one("footer").hrefs("mailto:")
    assert unquote(href).startswith(f"mailto:{settings.CONTACT_EMAIL}?subject=About the page /")


def test_styles_and_images_are_there(client, documents):
    asked = {link["href"] for document in documents.values() for link in document.all("link") if "icon" in link["rel"]}
    asked |= {link["href"] for document in documents.values() for link in document.all("link", rel="stylesheet")}
    asked |= {image["src"] for document in documents.values() for image in document.all("img")}
    assert len(asked) >= 3
    for address in asked:
        response = client.get(address)
        assert (response.status_code, bool(body(response))) == (200, True), address
        assert response["Content-Type"].startswith(("text/css", "image/")), address


@pytest.mark.parametrize(
    ("address", "kind", "beginning"),
    [
        ("/favicon.ico", "image/x-icon", b"\0\0\1\0\3\0"),  # three pictures
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
    ],
)
def test_icons_are_where_browsers_and_phones_look_for_them_too(client, address, kind, beginning):
    icon = client.get(address)
    assert (icon.status_code, icon["Content-Type"]) == (200, kind)
    assert icon["Cache-Control"] == "public, max-age=86400"
    assert body(icon).startswith(beginning)
    assert len(body(icon)) < 10_000


@pytest.mark.parametrize("address", ["/about/", "/admin/login/", "/nowhere/"])
def test_pages_name_an_icon_for_each_kind_of_browser(client, address):
    links = read(client.get(address)).one("head").all("link")
    icons = [(link["rel"], link["href"].rpartition(".")[2]) for link in links if "icon" in link["rel"]]
    assert icons == [("icon", "ico"), ("icon", "svg"), ("apple-touch-icon", "png")]


@EVERY_PAGE
def test_images_have_a_text_or_are_marked_as_ornament(document):
    assert all("alt" in image.attributes for image in document.all("img"))
