"""Reads a comparison as tests talk about it."""

from tests.pages.reading import Element

# Label of a row: what is said of it, and the paragraphs of each cell.
Rows = dict[str, tuple[str, list[list[str]]]]


def rows(page: Element) -> Rows:
    """The rows of both tables that say something of the pilots.

    Without the pilot's name that a narrow page shows in each cell.
    """
    found: Rows = {}
    for row in page.all("tr"):
        if row.all("span", class_="compare-sign"):
            label, words = (row.one("span", class_=name).text for name in ("compare-label", "compare-sign"))
            found[label] = (words, [cell.texts("p")[1:] for cell in row.all("td")])
    return found
