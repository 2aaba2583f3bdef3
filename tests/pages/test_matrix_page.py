"""The matrix as visitors see it, with the nine pilots."""

import pytest

from tests.pages.reading import Element, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    """A function from a query to the page of the matrix."""
    return lambda query="": read(client.get(f"/matrix/{query}"))


def table(page: Element) -> Element:
    return page.one("div", class_="matrix").one("table")


def cell(page: Element, row: str, column: str) -> Element:
    """The cell below and beside two heads."""
    columns = [head.text for head in table(page).one("thead").all("tr")[1].all("th")]
    place = next(number for number, text in enumerate(columns) if text.startswith(column))
    line = next(tr for tr in table(page).one("tbody").all("tr") if tr.one("th").text.startswith(row))
    return line.all("td")[place]


def fields(page: Element) -> list[tuple[str, str]]:
    """What the form of rows and columns would send."""
    form = page.one("form", class_="axes")
    chosen = [
        (select["name"], option["value"])
        for select in form.all("select")
        for option in select.all("option")
        if "selected" in option.attributes
    ]
    return chosen + [(hidden["name"], hidden["value"]) for hidden in form.all("input", type="hidden")]


def test_a_number_is_a_link_to_its_list_and_says_what_it_counts(visit):
    link = cell(visit(), "Case management", "Extremist offenders").one("a")
    assert (link.text, link["href"]) == (
        "3",
        "/pilots/?activity=case-management&target=extremist-offenders-and-violent-extremists",
    )
    assert link["aria-label"] == "3 pilots: Case management, Extremist offenders and violent extremists"


def test_empty_cell_says_that_no_pilot_tried_it(visit):
    empty = cell(visit(), "Training", "Returning foreign fighters")
    assert empty.all("a") == []
    sign = empty.one("span", role="img")
    assert (sign.text, sign["aria-label"]) == ("–", "No pilot: Training, Returning foreign fighters")


def test_pilots_whose_source_states_nothing_are_a_number_without_a_link(visit):
    unstated = cell(visit(), "Training", "Not stated in the source")
    assert unstated.all("a") == []
    sign = unstated.one("span", role="img")
    assert (sign.text, sign["aria-label"]) == ("1", "1 pilot: Training, Not stated in the source")


def test_matrix_reads_well_without_its_looks(visit):
    """As it is copied, and as a browser for text shows it: a number is said once, and stands apart from words."""
    cells = [td.text for td in table(visit()).one("tbody").all("td")]
    assert set(cells) <= {"–", "1", "2", "3"}
    assert [head["abbr"] for head in table(visit()).one("tbody").all("th")][:2] == [
        "Training",
        "Multi-agency cooperation",
    ]


def test_heads_lead_to_their_lists_and_say_how_many_pilots_these_hold(visit):
    first = table(visit()).one("tbody").all("tr")[0].one("th", scope="row")
    assert (first.one("a")["href"], first.text) == ("/pilots/?activity=training", "Training 5 pilots")
    columns = table(visit()).one("thead").all("th", scope="col")[1:]
    assert [(head.text, head.hrefs()) for head in columns[-2:]] == [
        ("Returning foreign fighters 1 pilot", ["/pilots/?target=returning-foreign-fighters"]),
        ("Not stated in the source 2 pilots", []),
    ]


def test_table_has_caption_scopes_and_a_region_to_scroll(visit):
    page = visit("?rows=stage&columns=country")
    region = page.one("div", class_="matrix")
    assert (region["role"], region["tabindex"], region["aria-labelledby"]) == ("region", "0", "matrix-caption")
    assert table(page).one("caption", id="matrix-caption").text == "Number of pilots. Rows: Stage. Columns: Country."
    group = table(page).one("th", scope="colgroup")
    assert (group.text, group["colspan"]) == ("Country", "5")
    assert len(table(page).all("th")) == len(table(page).all("th", scope="row")) + 7
    assert all(len(line.all("td")) == 5 for line in table(page).one("tbody").all("tr"))


def test_heading_and_title_carry_count_axes_and_filters(visit):
    assert visit().one("h1").text == "Matrix: 9 pilots by activity type and target group"
    page = visit("?country=FR&rows=stage")
    assert page.one("h1").text == "Matrix: 3 of 9 pilots by stage and target group"
    assert page.one("title").text == "Matrix: 3 of 9 pilots by stage and target group: country France – PREPARE pilots"


def test_filters_search_and_shortlist_go_along_with_every_link_and_form(visit):
    page = visit("?q=prison&country=NL&country=ES&keep=avignon&rows=stage")
    carried = [("q", "prison"), ("country", "NL"), ("country", "ES"), ("keep", "avignon")]
    assert fields(page) == [("rows", "stage"), ("columns", ""), *carried]
    links = table(page).hrefs()
    assert links
    assert all(link.startswith("/pilots/?q=prison&country=") and link.endswith("&keep=avignon") for link in links)


def test_filter_form_carries_rows_columns_and_shortlist(visit):
    page = visit("?rows=stage&columns=partner&keep=avignon")
    hidden = page.one("form", id="filters").all("input", type="hidden")
    assert [(field["name"], field["value"]) for field in hidden] == [
        ("keep", "avignon"),
        ("rows", "stage"),
        ("columns", "partner"),
    ]


def test_usual_axes_leave_the_address(visit):
    page = visit("?rows=activity&columns=target&country=FR")
    assert fields(page) == [("rows", ""), ("columns", ""), ("country", "FR")]
    assert page.one("ul", class_="chips").hrefs()[0] == "/matrix/"
    assert page.one("a", id="swap")["href"] == "/matrix/?country=FR&rows=target&columns=activity"


def test_rows_and_columns_offer_every_facet(visit):
    offered = [option.text for option in visit().one("select", id="rows").all("option")]
    facets = ["Activity type", "Audience", "Target group", "Stage", "Country", "Kind of authority", "Partner"]
    assert offered == facets


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("?rows=colour", "“colour” is not possible for “rows”, so it is ignored."),
        ("?rows=stage&columns=stage", "Rows and columns cannot both be “Stage”, so the columns show “Target group”."),
        ("?country=XX", "No pilot has “XX” under “country”, so it is ignored."),
    ],
)
def test_what_cannot_be_is_noted(visit, query, note):
    assert visit(query).texts("p", class_="note") == [note]


def test_what_no_pilot_is_described_as_stands_below_the_table_with_a_place_to_link_to(visit):
    gap = visit().one("div", id="gap-returning-foreign-fighters")
    assert gap.one("dt").text == "Returning foreign fighters"
    assert gap.one("dd").text == (
        "No pilot here is described as: Training; Multi-agency cooperation; Case management; Risk assessment; "
        "Practice exchange; Citizenship education."
    )


def test_no_result_offers_ways_out_on_the_matrix_and_no_table(visit):
    page = visit("?country=FR&partner=denkzeit&rows=stage")
    assert page.one("h1").text == "Matrix: 0 of 9 pilots by stage and target group"
    assert page.all("table") == []
    assert page.all("section", class_="gaps") == []
    assert page.one("div", class_="no-results").hrefs()[0] == "/matrix/?country=FR&rows=stage"


def test_what_the_table_leaves_out_is_said(visit):
    said = "What no matching pilot has is not in the table."
    assert said in visit("?country=FR").one("main").text
    assert said not in visit().one("main").text


def test_a_very_large_table_says_what_it_leaves_out_and_what_to_do(visit, monkeypatch):
    for name, few in (("MOST_SHOWN", 5), ("MANY_COLUMNS", 4), ("MANY_CELLS", 20)):
        monkeypatch.setattr(f"pilots.browse.matrix.{name}", few)
    page = visit("?rows=stage")
    assert page.texts("p", class_="note") == [
        "There are more values than a table can show: these are the 5 with the most pilots. Filters show the others."
    ]
    assert "This table has 6 columns. With rows and columns swapped it is easier to read." in page.texts(
        "p", class_="hint"
    )
    folded = page.one("section", class_="gaps").one("details")
    assert len(folded.all("dt")) == 5
    assert visit("?rows=stage&target=formers").one("section", class_="gaps").all("details") == []


def test_page_asks_not_to_be_listed_with_parameters(visit):
    page = visit("?rows=stage")
    assert page.one("meta", name="robots")["content"] == "noindex, follow"
    assert page.one("link", rel="canonical")["href"].endswith("/matrix/")
    assert visit().all("meta", name="robots") == []


@pytest.mark.parametrize("query", ["?activity=x" + "&activity=x" * 20, "?page=x", "?q=" + "a" * 201])
def test_what_passes_a_limit_is_refused(client, query):
    assert client.get(f"/matrix/{query}").status_code == 400


def test_views_of_the_list_lead_here(client):
    page = read(client.get("/pilots/?country=FR&keep=avignon"))
    assert "/matrix/?country=FR&keep=avignon" in page.one("nav", class_="views").hrefs()
