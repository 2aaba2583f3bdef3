"""What pages say of themselves to search engines and previews of links: what the page says, and nothing else."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from pilots.models import Partner, PreviewLink, Statement
from tests import factories
from tests.pages import addresses
from tests.pages.reading import body, read
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)

SITE = f"http://{settings.HOST}:{settings.PORT}"
HOSTILE = "</script><script>alert(1)</script><!-- ]]> \" ' \\ & \u2028 \u2029 é"


def data_of(address):
    """The data of a page, each block by its type."""
    blocks = [json.loads(one.raw) for one in read(visitor().get(address)).all("script") if one.is_data]
    assert all(block["@context"] == "https://schema.org" for block in blocks)
    return {block["@type"]: block for block in blocks}


def preview_of(address):
    """The tags for previews, by their names."""
    page = read(visitor().get(address))
    return {one["property"]: one["content"] for one in page.all("meta") if one.get("property").startswith("og:")}


def words_in(value):
    """Every string in data, however deep."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [word for one in inside for word in words_in(one)]
    return [value] if isinstance(value, str) else []


def names_in(value):
    """Every name of a property in data, however deep."""
    if isinstance(value, dict):
        return {*value, *(name for one in value.values() for name in names_in(one))}
    return {name for one in value for name in names_in(one)} if isinstance(value, list) else set()


@pytest.fixture
def pilot():
    """A published pilot of which a little of everything is stated."""
    return factories.PublishedPilotFactory(
        slug="town",
        title="Cats & dogs",
        summary="They met.\nThey talked.",
        start="2019-05",
        version=3,
        authority=factories.AuthorityFactory(
            slug="hall", name="Hall of Town", place="Town", country="FR", latitude="43.94932", longitude="4.80553"
        ),
        partners=[factories.PartnerFactory(slug="friends", name="Friends")],
        activity_types=[factories.ActivityTypeFactory(slug="talks", name="Talks")],
        source=factories.SourceFactory(slug="book", title="The book", publisher="", year=None, url=""),
    )


def test_pilot_is_a_report_about_a_project_with_what_the_page_says(pilot):
    report = data_of("/pilots/town/")["Report"]
    assert report["url"] == f"{SITE}/pilots/town/"
    assert (report["name"], report["description"]) == ("Cats & dogs", "They met. They talked.")
    assert (report["inLanguage"], report["version"]) == ("en", "3")
    assert report["datePublished"] == pilot.published_at.isoformat()
    assert report["temporalCoverage"] == "2019-05"
    assert report["author"] == report["publisher"]
    assert report["publisher"]["name"] == "PREPARE pilots"
    project = report["about"]
    assert (project["@type"], project["name"]) == ("Project", "Cats & dogs")
    assert project["location"] == report["spatialCoverage"]
    assert project["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 43.94932, "longitude": 4.80553}
    assert project["location"]["address"]["addressCountry"] == "FR"
    assert project["parentOrganization"]["@type"] == "GovernmentOrganization"
    assert project["parentOrganization"]["name"] == "Hall of Town"
    assert [(one["@type"], one["name"]) for one in project["member"]] == [("Organization", "Friends")]


def test_pilot_is_classified_by_terms_that_name_their_vocabulary(pilot):
    (term,) = data_of("/pilots/town/")["Report"]["keywords"]
    assert (term["@type"], term["name"], term["termCode"]) == ("DefinedTerm", "Talks", "talks")
    assert term["@id"] == f"{SITE}/activities/talks/"
    vocabulary = term["inDefinedTermSet"]
    assert (vocabulary["name"], vocabulary["@id"]) == ("Activity types", f"{SITE}/data/#activity-vocabulary")
    assert vocabulary["url"] == f"{SITE}/api/v1/vocabularies/activity/"


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [("2019", "2020-05-17", "2019/2020-05-17"), ("", "2020", "../2020"), ("2019-05", "2019-05", "2019-05")],
)
def test_time_is_as_exact_as_the_source(start, end, period):
    factories.PublishedPilotFactory(slug="town", start=start, end=end)
    assert data_of("/pilots/town/")["Report"]["temporalCoverage"] == period


def test_organisations_and_terms_say_what_their_pages_show_under_the_same_names(pilot):
    Partner.objects.filter(slug="friends").update(kind="ngo", country="SE", website="https://friends.example.org/")
    report = data_of("/pilots/town/")["Report"]
    friends, hall = data_of("/partners/friends/")["NGO"], data_of("/authorities/hall/")["GovernmentOrganization"]
    assert friends["@id"] == report["about"]["member"][0]["@id"]
    assert friends["address"]["addressCountry"] == "SE"
    assert friends["url"] == "https://friends.example.org/"
    assert hall == {"@context": "https://schema.org"} | report["about"]["parentOrganization"]
    talks = data_of("/activities/talks/")["DefinedTerm"]
    assert talks.items() >= report["keywords"][0].items()
    assert data_of("/countries/FR/").keys() == {"BreadcrumbList"}


def test_what_is_not_stated_is_absent(pilot):
    nowhere = factories.AuthorityFactory(latitude=None, longitude=None)
    nothing = {"activity_types": [], "audiences": [], "target_groups": [], "stages": [], "start": "", "end": ""}
    bare = factories.PublishedPilotFactory(slug="bare", source=pilot.source, authority=nowhere, **nothing)
    report = data_of(bare.get_absolute_url())["Report"]
    assert not {"temporalCoverage", "keywords"} & set(report)
    assert not {"geo", "license"} & names_in(report)
    assert report["isBasedOn"] == {"@type": "CreativeWork", "@id": f"{SITE}/sources/book/", "name": "The book"}
    assert "" not in words_in(report)


def test_terms_are_led_to_and_no_licence_is_invented(pilot):
    factories.StatementFactory(kind=Statement.Kind.REUSE, text="Anybody may copy it.")
    report = data_of("/pilots/town/")["Report"]
    assert report["usageInfo"] == f"{SITE}/about/#reuse"
    assert "license" not in names_in(report)


def test_text_in_another_language_says_so():
    pilot = factories.PublishedPilotFactory(slug="town", title="", summary="In English.")
    pilot.translations.all().delete()
    pilot.create_translation("fr", title="Chats et chiens", summary="Ils se sont rencontrés.")
    report = data_of("/pilots/town/")["Report"]
    assert report["inLanguage"] == "fr"
    assert report["description"] == "Ils se sont rencontrés."
    place = report["spatialCoverage"]["name"]
    assert place == pilot.authority.place


def test_texts_of_editors_cannot_end_the_data():
    line = HOSTILE.replace("\u2028", " ").replace("\u2029", " ")
    factories.PublishedPilotFactory(
        slug="town",
        title=line,
        summary=HOSTILE,
        authority=factories.AuthorityFactory(name=line, place=line),
        partners=[factories.PartnerFactory(name=line[:100])],
    )
    page = body(visitor().get("/pilots/town/")).decode()
    for block in page.split('<script type="application/ld+json">')[1:]:
        written = block.partition("</script>")[0]
        assert not {"<", ">", "&", "\u2028", "\u2029"} & set(written)
        assert "alert(1)" in written
    report = data_of("/pilots/town/")["Report"]
    assert "<script>alert(1)</script><!--" in report["name"]
    assert report["about"]["parentOrganization"]["name"] == report["name"]


def test_front_page_is_the_site_and_says_how_it_is_searched(pilot):
    site = data_of("/")["WebSite"]
    assert (site["name"], site["url"]) == ("PREPARE pilots", f"{SITE}/")
    search = site["potentialAction"]["target"]["urlTemplate"]
    assert search.startswith(SITE)
    assert visitor().get(search.removeprefix(SITE).replace("{words}", "cats")).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("/pilots/town/", "/pilots/town/versions/", "/pilots/town/questions/", "/pilots/town/cite/"),
        *("/partners/friends/", "/authorities/hall/", "/activities/talks/", "/countries/FR/", "/sources/book/"),
    ],
)
def test_way_to_a_page_is_the_one_that_it_shows(pilot, address):
    shown = read(visitor().get(address)).one("nav", **{"aria-label": "Breadcrumb"}).one("a")
    up, here = data_of(address)["BreadcrumbList"]["itemListElement"]
    assert (up["position"], up["name"], up["item"]) == (1, shown.text, f"{SITE}{shown['href']}")
    assert (here["position"], here["item"]) == (2, f"{SITE}{address}")
    assert read(visitor().get(address)).one("title").text == f"{here['name']} – PREPARE pilots"


def test_way_back_to_a_list_of_the_visitors_own_is_no_way_to_the_page(pilot):
    assert "BreadcrumbList" not in data_of("/pilots/town/?country=FR&keep=town")


@pytest.mark.usefixtures("pilot")
def test_hidden_pilot_is_in_no_data():
    factories.PilotFactory(slug="draft", published_at=None)
    assert visitor().get("/pilots/draft/").status_code == 404
    assert not [word for address in ("/", "/pilots/town/") for word in words_in(data_of(address)) if "draft" in word]


def test_preview_of_a_draft_says_nothing_to_programs():
    tomorrow = timezone.now() + timedelta(days=1)
    PreviewLink.objects.create(pilot=factories.PilotFactory(), token="known", expires_at=tomorrow)
    assert "Preview" in read(visitor().get("/preview/known/")).one("main").text
    assert (data_of("/preview/known/"), preview_of("/preview/known/")) == ({}, {})
    assert "Link" not in visitor().get("/preview/known/").headers


def test_preview_of_a_pilot_shows_its_card_and_its_first_sentences(pilot):
    said = preview_of("/pilots/town/")
    assert said["og:type"] == "article"
    assert said["og:title"] == "Cats & dogs, Hall of Town"
    assert said["og:description"] == "They met. They talked."
    assert said["og:url"] == f"{SITE}/pilots/town/"
    assert said["og:image"] == f"{SITE}/pilots/town.png"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"]


def test_address_in_a_preview_keeps_what_was_chosen(pilot):
    assert preview_of("/pilots/?country=FR")["og:url"] == f"{SITE}/pilots/?country=FR"
    assert preview_of("/shortlist/?keep=town")["og:url"] == f"{SITE}/shortlist/?keep=town"


def test_description_is_made_of_whole_sentences():
    first, second = "A first sentence " + "with many words " * 8 + "ends.", "A second one " + "is long " * 12 + "too."
    factories.PublishedPilotFactory(slug="town", summary=f"{first} {second}")
    page = read(visitor().get("/pilots/town/"))
    assert page.one("meta", name="description")["content"] == first


@pytest.fixture
def everything(pilot):
    """An entry at the end of every address that takes one."""
    for field, factory in (
        ("audiences", factories.AudienceFactory),
        ("target_groups", factories.TargetGroupFactory),
        ("stages", factories.StageFactory),
    ):
        getattr(pilot, field).add(factory(slug="talks"))
    return {"pilot": "town", "partner": "friends", "authority": "hall", "source": "book", "country": "FR"}


def test_every_page_has_a_title_a_description_and_a_card_for_previews(everything):
    needed = {"og:title", "og:description", "og:type", "og:url", "og:image", "og:site_name", "og:locale"}
    for name, kind in addresses.PAGES.items():
        address = addresses.reverse(name, args=[everything.get(kind, "talks")] if kind else [])
        said, page = preview_of(address), read(visitor().get(address))
        assert needed <= set(said), address
        assert all(said.values()), address
        assert said["og:description"] == page.one("meta", name="description")["content"], address
        assert said["og:description"].endswith((".", "…")), address
        assert page.one("meta", name="twitter:card")["content"] == "summary_large_image"
        assert visitor().get(said["og:image"].removeprefix(SITE)).status_code == 200, address


def test_every_address_of_ours_in_data_leads_somewhere(everything):
    words = [word for address in ("/", "/pilots/town/", "/partners/friends/") for word in words_in(data_of(address))]
    ours = {word.partition("#")[0] for word in words if word.startswith(SITE) and "{" not in word}
    assert len(ours) > 8
    assert {address: visitor().get(address.removeprefix(SITE)).status_code for address in ours} == dict.fromkeys(
        ours, 200
    )
    elsewhere = {word for word in words if "://" in word and not word.startswith(SITE)}
    assert elsewhere == {"https://schema.org"}
