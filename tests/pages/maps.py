"""Reads the page of the map."""

from tests.pages.reading import Element


def marks(page: Element) -> list[str]:
    """The names of the marks of the wide drawing."""
    return [link["aria-label"] for link in page.one("svg", class_="map-wide").all("a")]


def table(page: Element) -> dict[str, dict[str, list[str]]]:
    """The table: country → place → titles, each heading with its count."""
    found: dict[str, dict[str, list[str]]] = {}
    for body in page.one("table", class_="map-table").all("tbody"):
        country = body.one("th", scope="rowgroup").text
        rows = [row for row in body.all("tr") if row.get("id")]
        found[country] = {row.one("th").text: row.texts("a") for row in rows}
    return found
