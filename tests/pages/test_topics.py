"""The pages of activity types, audiences, target groups, stages and countries."""

import pytest

from pilots.browse.topics import DESCRIBED, MOST_LESSONS, MOST_PILOTS, MOST_VALUES
from pilots.models import ActivityType, FormerSlug, FurtherReading, Pilot
from tests import factories, facts
from tests.factories import FurtherReadingFactory, LessonFactory, PublishedPilotFactory
from tests.nine_pilots import OPTIONS, VALUES, matching
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

PATHS = {
    "activity": "activities",
    "audience": "audiences",
    "target": "target-groups",
    "stage": "stages",
    "country": "countries",
}
TOPICS = [(facet, value) for facet in PATHS for value in OPTIONS[facet]]
EVERY_TOPIC = pytest.mark.parametrize(("facet", "value"), TOPICS)


@pytest.fixture
def visit(client):
    return lambda address: read(client.get(address))


def at(facet, value):
    return f"/{PATHS[facet]}/{value}/"


def section(page, name):
    return page.one("section", **{"aria-labelledby": name})


def cards(page):
    return [title.hrefs()[0].split("/")[2] for title in page.all("h3", class_="card-title")]


@EVERY_TOPIC
def test_page_shows_the_pilots_and_no_other(visit, facet, value):
    page, own = visit(at(facet, value)), matching({facet: [value]})
    assert sorted(cards(section(page, "pilots"))) == sorted(own)
    assert page.one("h2", id="pilots").text == ("1 pilot" if len(own) == 1 else f"{len(own)} pilots")
    assert section(page, "pilots").hrefs("/pilots/?") == [f"/pilots/?{facet}={value}"]


@EVERY_TOPIC
def test_page_tells_what_was_learnt_and_how_they_worked_each_with_its_place(visit, facet, value):
    page, own = visit(at(facet, value)), matching({facet: [value]})
    for name, is_method in (("learnt", False), ("methods", True)):
        expected = {
            f"/pilots/{slug}/#lesson-{number}"
            for slug in own
            for number, kind in facts.PILOTS[slug].lessons.items()
            if (kind == "method") == is_method
        }
        assert set(section(page, name).hrefs()) == expected
        assert bool(section(page, name).all("span", class_="not-stated")) == (not expected)


@EVERY_TOPIC
def test_each_value_it_was_combined_with_leads_to_as_many_pilots_as_it_says(visit, facet, value):
    combined = section(visit(at(facet, value)), "combined")
    shown = {}
    for item in combined.all("li"):
        (href,) = item.hrefs()
        listed = visit(href)
        count = len(listed.all("article"))
        assert item.one("span", class_="count").text == ("1 pilot" if count == 1 else f"{count} pilots")
        shown[href] = count
    pairs = {
        (other, one)
        for other in OPTIONS
        if other != facet
        for one in OPTIONS[other]
        if matching({facet: [value], other: [one]})
    }
    assert len(shown) == len(pairs)


@EVERY_TOPIC
def test_what_no_pilot_is_described_as_is_the_line_of_the_matrix(visit, facet, value):
    lines = {line.one("dt").text: line for line in section(visit(at(facet, value)), "missing").all("div")}
    assert len(lines) == len(set(DESCRIBED) - {facet})
    for line in lines.values():
        address, _hash, anchor = line.hrefs()[0].partition("#")
        cell = visit(address).one("div", id=anchor)
        assert cell.one("dd").text == line.one("dd").text


def test_line_names_what_none_of_them_has(visit):
    lines = section(visit("/activities/training/"), "missing").texts("dd")
    assert lines[1] == "No pilot here is described as: Returning foreign fighters."
    trained = {value for pilot in VALUES.values() if "training" in pilot["activity"] for value in pilot["target"]}
    assert set(OPTIONS["target"]) - trained == {"returning-foreign-fighters"}


def test_page_says_what_the_word_means_and_what_kind_of_word_it_is(visit):
    page = visit("/activities/restorative-practice/")
    assert page.one("h1").text == "Restorative practice"
    assert page.one("div", class_="lead").text == "Work that uses or examines restorative practice."
    assert page.one("main").all("p", class_="card-place")[0].text == "Activity type"
    assert page.one("title").text.startswith("Restorative practice: ")


def test_description_written_in_another_language_only_is_shown_in_it(visit):
    term = ActivityType.objects.get(slug="training")
    term.translations.update(description="")
    assert visit(at("activity", "training")).all("div", class_="lead") == []
    term.translations.create(language_code="fr", name="Formation", description="Des cours.")
    assert visit(at("activity", "training")).one("div", class_="lead").text == "Des cours."


def test_country_has_its_name_and_no_description(visit):
    page = visit("/countries/NL/")
    assert page.one("h1").text == "Netherlands"
    assert page.all("div", class_="lead") == []


@pytest.mark.parametrize(("asked", "leads_to"), [("fr", "FR"), ("Fr", "FR")])
def test_country_in_small_letters_leads_on(client, asked, leads_to):
    response = client.get(f"/countries/{asked}/")
    assert (response.status_code, response["Location"]) == (301, f"/countries/{leads_to}/")


@pytest.mark.parametrize(
    "address", ["/activities/none/", "/countries/DE/", "/countries/XX/", "/countries/france/", "/stages/training/"]
)
def test_what_no_public_pilot_has_is_not_there(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("facet", ["activity", "audience", "target", "stage"])
def test_former_slug_leads_on_for_good(client, facet):
    value = OPTIONS[facet][0]
    FormerSlug.objects.remember(row_of(facet, value), old="before")
    response = client.get(at(facet, "before"))
    assert (response.status_code, response["Location"]) == (301, at(facet, value))


def row_of(facet, value):
    fields = {"activity": "activity_types", "audience": "audiences", "target": "target_groups", "stage": "stages"}
    return Pilot._meta.get_field(fields[facet]).related_model.objects.get(slug=value)


def test_value_of_a_draft_alone_has_no_page_and_leads_nowhere(client):
    row = factories.ActivityTypeFactory(slug="unused")
    draft = factories.PilotFactory(activity_types=[row], authority__country="EE")
    FormerSlug.objects.remember(row, old="before")
    for address in ("/activities/unused/", "/activities/before/", "/countries/EE/"):
        assert client.get(address).status_code == 404
    Pilot.objects.filter(pk=draft.pk).update(status="published", published_at=draft.created_at)
    assert client.get("/activities/unused/").status_code == 200


def test_facts_of_a_pilot_lead_to_these_pages(visit):
    hrefs = visit("/pilots/avignon/").one("main").hrefs()
    assert {at("country", "FR"), *(at("activity", one) for one in VALUES["avignon"]["activity"])} <= set(hrefs)


@pytest.mark.parametrize("page", ["/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/"])
def test_what_is_chosen_has_a_way_to_its_page(visit, page):
    shown = visit(f"{page}?activity=training&country=FR&partner=efus&authority_kind=municipality&q=training")
    about = shown.one("p", class_="about-values").all("a")
    assert [(link.text, link["href"]) for link in about] == [
        ("About France", "/countries/FR/"),
        ("About Efus", "/partners/efus/"),
        ("About Training", "/activities/training/"),
    ]
    assert visit(page).all("p", class_="about-values") == []


def test_no_further_reading_is_delivered_and_the_page_leaves_it_out(visit):
    assert FurtherReading.objects.count() == 0
    assert visit("/activities/training/").all("section", **{"aria-labelledby": "further-reading"}) == []


@pytest.mark.parametrize("facet", ["activity_type", "audience", "target_group", "stage", "country"])
def test_further_reading_stands_on_the_page_of_its_topic_alone(visit, facet):
    named = {"activity_type": "activity", "target_group": "target"}.get(facet, facet)
    value = OPTIONS[named][0]
    topic = value if facet == "country" else row_of(named, value)
    FurtherReadingFactory(**{"country": "", facet: topic}, title="A work", covers="All of it.")
    assert section(visit(at(named, value)), "further-reading").texts("p") == ["A work", "All of it."]
    others = [at(*one) for one in TOPICS if one != (named, value)]
    assert [address for address in others if "A work" in visit(address).one("main").text] == []


def test_further_reading_is_listed_in_order_with_all_that_is_known(visit):
    fields = {"author": "A. Author", "year": 2019, "publisher": "Press", "url": "https://example.org/a"}
    FurtherReadingFactory(title="Second", order=2)
    FurtherReadingFactory(title="Le premier", original_language="fr", order=1, **fields)
    first, second = section(visit("/countries/FR/"), "further-reading").all("li")
    link = first.one("a")
    assert (link.text, link["href"], link["lang"]) == ("Le premier", "https://example.org/a", "fr")
    assert first.one("p", class_="card-place").text == "A. Author, 2019, Press"
    assert second.one("cite").text == "Second"
    assert second.all("a") == []


def test_line_on_a_work_in_another_language_alone_is_marked(visit):
    work = FurtherReadingFactory()
    work.translations.update(language_code="fr", covers="En français.")
    assert section(visit("/countries/FR/"), "further-reading").one("span", lang="fr").text == "En français."


def test_many_are_cut_and_lead_to_all(visit):
    activity = factories.ActivityTypeFactory(slug="busy", name="Busy")
    for number in range(MOST_PILOTS + 1):
        pilot = PublishedPilotFactory(activity_types=[activity], partners=[factories.PartnerFactory()])
        LessonFactory(pilot=pilot, kind="method", number=number + 1)
    page = visit("/activities/busy/")
    assert len(cards(page)) == MOST_PILOTS
    assert section(page, "pilots").hrefs()[-1] == "/pilots/?activity=busy"
    methods = section(page, "methods")
    assert len(methods.all("li")) == MOST_LESSONS
    assert methods.hrefs()[-1] == "/lessons/?kind=method&activity=busy"
    partners = section(page, "with-partner").all("li")
    assert len(partners) == MOST_VALUES + 1
    assert partners[-1].hrefs() == ["/pilots/?activity=busy#filters"]


def test_addresses_with_anything_behind_them_are_not_indexed(visit):
    assert visit("/activities/training/").all("meta", name="robots") == []
    page = visit("/activities/training/?q=a&page=x&activity=none")
    assert page.one("meta", name="robots")["content"] == "noindex, follow"
    assert page.one("link", rel="canonical")["href"].endswith("/activities/training/")


def test_names_are_escaped(visit):
    row = factories.ActivityTypeFactory(slug="odd", name='<script>"&', description="<b>&")
    PublishedPilotFactory(activity_types=[row])
    FurtherReadingFactory(country="", activity_type=row, title="<i>", covers="<u>", author="<s>")
    page = visit("/activities/odd/")
    assert page.one("h1").text == '<script>"&'
    assert section(page, "further-reading").texts("p") == ["<i>", "<s>", "<u>"]


def test_deleting_a_value_takes_its_further_reading_along():
    row = factories.ActivityTypeFactory()
    FurtherReadingFactory(country="", activity_type=row)
    row.delete()
    assert FurtherReading.objects.count() == 0
    assert ActivityType.objects.filter(pk=row.pk).count() == 0


@pytest.mark.parametrize("odd", ["training%00", "%ff", "a" * 5000, "training/../..", "-1", "TRAINING", "trainin%C3%A9"])
def test_odd_addresses_are_never_an_error_of_ours(client, odd):
    for path in PATHS.values():
        assert client.get(f"/{path}/{odd}/").status_code in {301, 400, 404, 414}
