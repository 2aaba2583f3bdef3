"""Pictures as files of their own: with size, look, title, description and terms in them. Plain values in, SVG out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from pilots.pictures.grouping import ASPECT
from pilots.pictures.lettering import wrap
from pilots.pictures.map import WIDE, Map, draw_layer, land
from pilots.pictures.marks import spot_of

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BRACE = re.compile(r"([{}])")
USE = re.compile(r"var\((--[\w-]+)\)")
ON_PAGES_ONLY = (
    ":hover",
    ":focus",
    " > ",
    " a ",
    "figcaption",
    ".map-card",
    ".map-table",
    ".map-group",
    ".map-country",
)
MARGIN, LINE, LETTERS = 12, 18, 12
LINES_OF_TERMS = 5


@dataclass(frozen=True)
class Caption:
    """What a picture says of itself."""

    title: str
    description: str
    terms: str


def style_of(sheet: str, tokens: str, kind: str) -> str:
    """The rules of a style sheet for a picture of this kind, as programs know them that know no variables.

    `tokens` is the sheet that has the values.
    """
    values = values_of(tokens)
    rules = [
        f"{selector}{{{' '.join(body.split())}}}"
        for (selector, *condition), body in _rules(sheet)
        if f".{kind}" in selector and not condition and not any(sign in f"{selector} " for sign in ON_PAGES_ONLY)
    ]
    return USE.sub(lambda found: values[found[1]], "\n".join([f"svg{{background:{values['--paper']}}}", *rules]))


def values_of(tokens: str) -> dict[str, str]:
    """The tokens of a style sheet by their names. Of several values the first is taken, that of the light page."""
    values: dict[str, str] = {}
    for _under, body in _rules(tokens):
        for declaration in body.split(";"):
            name, _colon, value = declaration.partition(":")
            values.setdefault(name.strip(), value.strip())
    return values


def _rules(sheet: str) -> Iterator[tuple[list[str], str]]:
    """The rules of a style sheet: the selector with the conditions that it stands under, innermost first; the body."""
    opened: list[str] = []
    pieces = BRACE.split(COMMENT.sub("", sheet))
    for words, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            opened.insert(0, " ".join(words.rpartition(";")[2].split()))
        else:
            yield [*opened], words
            opened.pop(0)


def map_file(shown: Map, caption: Caption, style: str) -> str:
    """The map, without links and cards: a file has no page to lead about on."""
    width, height = WIDE.most, round(WIDE.most / ASPECT)
    spots = [spot_of(mark, shown.view, shown.total) for mark in shown.layers[WIDE]]
    drawn = f'<svg width="{width}" height="{height}">{land(shown, fine=True)}{draw_layer(WIDE, spots, [])}</svg>'
    return _file("map", (width, height), drawn.replace('class="map-wide"', ""), caption, style)


def network_file(drawn: str, caption: Caption, style: str, site: str) -> str:
    """A drawn network, its links made full."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    width, height = (round(float(side)) for side in size.groups()) if size else (0, 0)
    whole = drawn.replace('href="/', f'href="{escape(site)}/').replace("<svg ", f'<svg height="{height}" ', 1)
    return _file("network", (width, height), whole, caption, style)


def _file(kind: str, size: tuple[int, int], drawn: str, caption: Caption, style: str) -> str:
    width, height = size[0] + 2 * MARGIN, size[1] + 2 * MARGIN
    lines = [caption.title, *wrap(caption.terms, size[0] / LETTERS, LINES_OF_TERMS)]
    below = "".join(_words(line, height + number * LINE) for number, line in enumerate(lines, start=1))
    total = height + (len(lines) + 1) * LINE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {width} {total}" width="{width}" '
        f'height="{total}" role="img" aria-labelledby="title description">\n'
        f'<title id="title">{escape(caption.title)}</title>\n'
        f'<desc id="description">{escape(f"{caption.description} {caption.terms}")}</desc>\n'
        f'<style>{style}</style>\n<svg x="{MARGIN}" y="{MARGIN}" width="{size[0]}" height="{size[1]}">{drawn}</svg>\n'
        f"<g>{below}</g>\n</svg>\n"
    )


def _words(line: str, down: int) -> str:
    return f'<text x="{MARGIN}" y="{down}" font-size="{LETTERS}" font-family="sans-serif">{escape(line)}</text>'
