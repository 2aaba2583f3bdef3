"""A text for the source of the nine pilots that nobody wrote: as many paragraphs and sentences as pointers name."""

from pathlib import Path

from tests.browser.server import Site

SOURCE = "prepare-nine-local-activities"


def sentence(paragraph: int, number: int) -> str:
    return f"Invented sentence {number} of paragraph {paragraph} says nothing of a pilot."


def load_into(site: Site, folder: Path) -> None:
    """Let visitors of a site read the invented text."""
    file = folder / "text.txt"
    lines = [" ".join(sentence(paragraph, number) for number in range(1, 6)) for paragraph in range(1, 21)]
    file.write_text("\n".join(lines), encoding="utf-8")
    site.manage("load_source_text", SOURCE, str(file), "--may-be-shown")
