"""Two to four pilots side by side."""

import re

import pytest
from django.utils.http import urlencode

from pilots.browse import comparison as finding
from pilots.models import Authority, FormerSlug, Partner
from pilots.pages.comparison import view as page_of_comparison
from tests import factories
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.pages.comparisons import rows
from tests.pages.reading import read
from tests.stored_rows import rows_made_by, store

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    """A function that compares pilots by their slugs, and takes further parameters."""
    return lambda *slugs, **others: read(
        client.get("/compare/?" + urlencode({"pilot": slugs, **others}, doseq=True)),
    )


def make_three_pilots() -> None:
    """Make pilots a, b and c: one partner in common, one activity of two of them, much that differs."""
    partner, activity = factories.PartnerFactory(name="Shared partner"), factories.ActivityTypeFactory(name="Training")
    for slug, country in (("a", "FR"), ("b", "NL"), ("c", "FR")):
        pilot = PublishedPilotFactory(
            slug=slug,
            title=f"Title {slug}",
            summary=f"Summary {slug}.",
            authority=factories.AuthorityFactory(
                slug=slug, name=f"City of {slug}", place=slug.upper(), country=country
            ),
            partners=[partner],
            activity_types=[activity] if slug != "c" else [factories.ActivityTypeFactory(name="Exchange")],
            stages=[factories.StageFactory(name="Prison")] if slug == "a" else [],
            background="Only here." if slug == "b" else "",
        )
        factories.LessonFactory(pilot=pilot, number=1, text=f"Lesson of {slug}.", kind="hard")


@pytest.fixture
def three():
    """Have three pilots; return the partner they have in common."""
    store(rows_made_by(make_three_pilots))
    return Partner.objects.get()


def heads(page):
    """What stands over the columns of the first table."""
    return page.all("table")[0].all("th", scope="col")


def test_rows_say_whether_pilots_differ(visit, three):
    found = rows(visit("a", "b", "c"))
    assert found["Partners"] == ("Same for all", [["Shared partner"]] * 3)
    assert found["Country"] == ("Differs", [["France in 2 of 3"], ["Netherlands"], ["France in 2 of 3"]])
    assert found["Activity types"][1] == [["Training in 2 of 3"], ["Training in 2 of 3"], ["Exchange"]]
    assert found["Stages"][0] == "Stated for 1 of 3"
    assert found["Background"][0] == "Stated for 1 of 3"
    assert found["What was learnt"] == ("Each has its own", [["What was hard", f"Lesson of {slug}."] for slug in "abc"])


def test_values_that_all_have_are_marked_where_the_rest_differs(visit):
    shared, other = factories.AudienceFactory(name="Police"), factories.AudienceFactory(name="Prison staff")
    PublishedPilotFactory(slug="a", audiences=[shared])
    PublishedPilotFactory(slug="b", audiences=[shared, other])
    assert rows(visit("a", "b"))["Audiences"] == ("Differs", [["Police in all"], ["Police in all", "Prison staff"]])


def test_what_differs_and_is_not_stated_for_all_says_both(visit):
    for slug in "abc":
        PublishedPilotFactory(slug=slug, stages=[] if slug == "c" else [factories.StageFactory()])
    assert rows(visit("a", "b", "c"))["Stages"][0] == "Differs; stated for 2 of 3"


def test_each_kind_of_row_has_a_sign_of_its_own(visit, three):
    looks = {row.get("class").split()[0] for row in visit("a", "b").all("tr") if row.get("class")}
    assert looks == {"compare-differs", "compare-same", "compare-partly", "compare-silent"}


def test_only_differences_can_be_shown(visit, three):
    page = visit("a", "b", show="differences")
    found = rows(page)
    assert {words for words, _cells in found.values()} == {"Differs", "Each has its own", "Stated for 1 of 2"}
    assert not {"Partners", "Activity types", "Date"} & set(found)
    ways = page.one("div", class_="compare-show")
    assert ways.hrefs("/") == ["/compare/?pilot=a&pilot=b", "/compare/?pilot=a&pilot=b&show=differences"]
    assert ways.one("a", **{"aria-current": "true"}).text == "Only differences"
    assert ways.one("p").text.startswith("Of 12 facts, 3 are not the same for all.")


def test_authority_with_a_website_is_compared_with_one_without(visit, three):
    Authority.objects.filter(slug="a").update(website="https://a.example/", public_contact="office@a.example")
    assert rows(visit("a", "b")).keys() == rows(visit("b", "c")).keys()


def test_nothing_differs_is_said(visit):
    one = PublishedPilotFactory(slug="a", summary="", activity_types=[])
    PublishedPilotFactory(slug="b", summary="", activity_types=[], authority=one.authority, partners=one.partners.all())
    page = visit("a", "b", show="differences")
    assert page.all("table") == []
    assert page.one("main").text.count("Nothing differs here.") == 2


def test_pilots_with_nothing_in_common_say_so(visit):
    PublishedPilotFactory(slug="a", authority__country="FR", authority__place="A")
    PublishedPilotFactory(
        slug="b", authority__country="NL", authority__place="B", authority__kind="regional-government"
    )
    assert "A and B have no fact in common that the source states." in visit("a", "b").one("main").text


def test_each_pilot_heads_its_column_with_its_name_alone(visit, three):
    """Screen readers say the head of a column with each of its cells, and links would be said again each time."""
    page = visit("b", "a", keep="c")
    assert [head.text for head in heads(page)] == ["B", "A"]
    assert [head.hrefs() for table in page.all("table") for head in table.all("th")] == [[]] * len(page.all("th"))


def test_first_row_leads_to_each_pilot_to_the_shortlist_and_out(visit, three):
    first, second = visit("b", "a", keep="c").one("tbody", class_="compare-pilots").all("td")
    assert first.one("a", class_="compare-title")["href"] == "/pilots/b/?keep=c"
    assert second.one("a", class_="compare-out")["href"] == "/compare/?pilot=b&keep=c"
    assert first.one("a", class_="keep")["href"] == "/compare/?pilot=b&pilot=a&keep=c&keep=b#keep-b"


def test_two_pilots_of_one_place_are_told_apart_by_their_titles(visit, three):
    authority = factories.AuthorityFactory(place="Same")
    for slug in ("x", "y"):
        PublishedPilotFactory(slug=slug, title=f"Title {slug}", authority=authority)
    assert visit("x", "y").one("h1").text == "Same (Title x) and Same (Title y) compared"


def test_figures_are_compared_with_what_they_count(visit, three):
    for slug in "ab":
        pilot = type(three).pilots.rel.related_model.objects.get(slug=slug)
        factories.KeyFigureFactory(pilot=pilot, number=1, value=15, label="people trained", qualifier="about")
    assert rows(visit("a", "b"))["In figures"] == ("Same for all", [["about 15 people trained"]] * 2)


def test_organisation_that_is_a_partner_elsewhere_leads_to_its_page(visit, three):
    for pilot in three.pilots.filter(slug__in="ab"):
        factories.OrganisationInvolvedFactory(pilot=pilot, number=1, name="Staff of it", partner=three)
    page = visit("a", "b")
    assert rows(page)["Others involved"][0] == "Same for all"
    assert page.one("main").hrefs().count(three.get_absolute_url()) == 4


def test_no_pilot_gives_the_form_with_two_fields(visit, three):
    page = visit()
    assert page.one("h1").text == "Compare pilots"
    assert page.all("table") == []
    form = page.one("main").one("form")
    assert [select["name"] for select in form.all("select")] == ["pilot", "pilot"]
    groups = form.all("select")[0].all("optgroup")
    assert [(group["label"], group.texts("option")) for group in groups] == [
        ("France", ["A: Title a", "C: Title c"]),
        ("Netherlands", ["B: Title b"]),
    ]


def test_one_pilot_asks_for_another_and_goes_on_with_it(visit, three):
    page = visit("a", keep="b")
    assert page.one("h1").text == "Compare A with another pilot"
    assert "A comparison needs one more pilot." in page.one("main").text
    form = page.one("main").one("form")
    assert [(field["name"], field["value"]) for field in form.all("input")] == [("pilot", "a"), ("keep", "b")]
    labels = [group["label"] for group in form.one("select").all("optgroup")]
    assert labels == ["On your shortlist", "France"]
    assert [option["value"] for option in form.all("option")] == ["", "b", "c"]


def test_four_are_the_most(visit, three):
    for slug in ("d", "e"):
        PublishedPilotFactory(slug=slug, authority__place=slug.upper())
    page = visit(*"abcde")
    assert page.texts("p", class_="note") == ["At most 4 pilots fit side by side, so this is left out: E."]
    assert len(heads(page)) == 4
    assert page.one("section", class_="compare-add").all("form") == []


def test_pilot_named_twice_or_by_a_former_slug_counts_once(visit, three):
    FormerSlug.objects.remember(three.pilots.get(slug="a"), old="before")
    page = visit("before", "a", "b", "b", "")
    assert [head.one("span", class_="compare-place").text for head in heads(page)] == ["A", "B"]
    assert page.all("p", class_="note") == []


def test_pilot_named_by_two_former_slugs_is_said_to_be_one(visit, three):
    for old in ("before", "earlier"):
        FormerSlug.objects.remember(three.pilots.get(slug="a"), old=old)
    page = visit("before", "earlier")
    assert page.one("h1").text == "Compare A with another pilot"
    assert [note.text for note in page.all("p", class_="note")] == [
        "“before” and “earlier” are addresses of the same pilot."
    ]


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilot_is_answered_like_one_that_never_was(client, three, status):
    PilotFactory(slug="secret", title="Hush", status=status)
    asked = ["/compare/?pilot=a&pilot=b&pilot={0}", "/compare/?pilot={0}&keep={0}", "/compare/?pilot=a&keep={0}"]
    for address in asked:
        hidden, unknown = (client.get(address.format(slug)).content for slug in ("secret", "nobody"))
        assert hidden.replace(b"secret", b"nobody") == unknown
        assert "There is no pilot “nobody”, so it is left out.".encode() in unknown
        assert b"Hush" not in hidden


def test_parameters_of_lists_are_ignored_with_a_note(visit, three):
    page = visit("a", "b", country="FR", q="x", show="all")
    assert page.texts("p", class_="note") == [
        "“country” is not something this page can be filtered by.",
        "“q” is not something this page can be filtered by.",
        "“all” is not possible for “show”, so it is ignored.",
    ]


@pytest.mark.parametrize("name", ["pilot", "keep"])
def test_too_many_values_are_refused(client, name):
    for count in (21, 1_500):
        assert client.get("/compare/?" + "&".join(f"{name}=p{n}" for n in range(count))).status_code == 400


def test_comparison_is_not_for_search_engines_and_its_empty_form_is(visit, three):
    assert visit("a", "b").one("meta", name="robots")["content"] == "noindex, follow"
    assert visit("a", "b").one("link", rel="canonical")["href"].endswith("/compare/")


def test_empty_form_may_be_found_by_search_engines(client):
    page = read(client.get("/compare/"))
    assert page.all("meta", name="robots") == []
    assert "There is no other pilot to compare with." in page.one("main").text


def test_so_many_pilots_that_a_field_cannot_offer_them_are_looked_for_in_the_list(visit, three, monkeypatch):
    for module in (finding, page_of_comparison):
        monkeypatch.setattr(module, "MOST_OFFERED", 2)
    page = visit()
    assert page.one("main").all("select") == []
    assert "There are too many pilots to offer them all here." in page.one("main").text
    assert page.one("section", class_="compare-add").hrefs() == ["/pilots/"]
    assert [option["value"] for option in visit(keep=["b"]).all("select")[0].all("option")] == ["", "b"]


def test_title_in_another_language_says_so_where_it_can_be_chosen(visit, three):
    three.pilots.get(slug="a").translations.update(language_code="fr")
    options = {option["value"]: option for option in visit().all("select")[0].all("option")}
    assert options["a"]["lang"] == "fr"
    assert options["b"].get("lang") == ""


def test_printed_comparison_says_where_it_is_kept(visit, three):
    kept = visit("a", "b", keep="c", show="differences").one("p", class_="only-on-paper").text
    assert re.match(r"This page is kept at http://\S+/compare/\?pilot=a&pilot=b\. Printed as it stood on ", kept)


def test_terms_are_explained_below(visit, three):
    factories.GlossaryTermFactory(slug="word", term="Summary", meaning="What it means.")
    page = visit("a", "b")
    assert page.hrefs("#word").count("#word-word") == 2
    assert page.one("dt", id="word-word").text == "Summary"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("slugs", ["ab", "abc", "abcd"])
def test_more_pilots_take_no_more_queries(client, three, django_assert_num_queries, slugs):
    PublishedPilotFactory(slug="d")
    client.get("/pilots/")  # the first reader after a change takes it in
    with django_assert_num_queries(9 if len(slugs) == 4 else 11):
        client.get("/compare/?" + "&".join(f"pilot={slug}" for slug in slugs))
