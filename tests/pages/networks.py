"""Reads the page of the network."""

from tests.pages.reading import Element


def says(page: Element, kind: str, drawing: str = "network-wide") -> list[str]:
    links = page.one("svg", class_=drawing).all("a")
    return sorted(link.one("title").text for link in links if link["href"].split("/")[1] == kind)


def entries(page: Element) -> list[Element]:
    return [entry for entry in page.one("ul", class_="directory").all("li") if entry.all("h3")]


def listed(page: Element) -> list[tuple[str, str]]:
    """Return (partner, pilot) for each tie in the directory."""
    return sorted(
        (entry.hrefs("/partners/")[0].split("/")[2], tie.split("/")[2])
        for entry in entries(page)
        for tie in entry.hrefs("/pilots/")
    )


def rows(article: Element) -> dict[str, list[str]]:
    """What the page of an organisation says of a pilot, by label."""
    return {row.one("dt").text: row.texts("dd") for row in article.one("dl").all("div")}
