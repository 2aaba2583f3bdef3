"""The tokens of the design: all are shown and used, and their colours stand apart as WCAG asks."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site_settings

from pilots.development.styleguide.tokens import PAIRS, contrast, measure, read_tokens
from pilots.development.styleguide.view import declared_tokens
from tests.pages.reading import read

STYLES = Path(site_settings.BASE_DIR) / "static" / "css"
NAMES = "black|white|gr[ae]y|silver|red|green|blue|yellow|orange|purple"
COLOUR = re.compile(
    rf":[^;{{}}]*(?:#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|lab|lch|oklch)\(|\b(?:{NAMES})\b)[^;{{}}]*[;}}]", re.IGNORECASE
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def test_every_token_is_shown_with_its_values_and_its_use(client, settings):
    settings.DEBUG = True
    document = read(client.get("/styleguide/"))
    declared = set(re.findall(r"^ +(--[\w-]+):", (STYLES / "tokens.css").read_text(), re.MULTILINE))
    assert len(declared) > 30
    assert {code.text for code in document.one("main").all("code") if code.text.startswith("--")} == declared
    assert [token.name for token in declared_tokens() if not token.use or not token.group] == []


def test_tokens_are_read_with_their_group_and_their_value_in_the_dark():
    css = """
:root {
  /* Grounds */
  --paper: #ffffff; /* the page */
  --width: 72rem;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #000000;
  }
}

@media (prefers-reduced-motion: reduce) {
  :root {
    --width: 0;
  }
}
"""
    paper, width = read_tokens(css)
    assert (paper.group, paper.name, paper.value, paper.dark, paper.use) == (
        "Grounds",
        "paper",
        "#ffffff",
        "#000000",
        "the page",
    )
    assert (width.value, width.dark, width.use) == ("72rem", "72rem", "")


def colours_named(css: str) -> list[str]:
    """The declarations of a style sheet that name a colour instead of a token."""
    return [found[0] for found in COLOUR.finditer(COMMENT.sub("", css))]


def test_no_other_style_sheet_names_a_colour():
    """Paper is white and ink is black in print, so that file sets the tokens anew."""
    others = [path for path in STYLES.glob("*.css") if path.name not in {"tokens.css", "print.css"}]
    assert len(others) > 20
    assert [(path.name, named) for path in others if (named := colours_named(path.read_text()))] == []


@pytest.mark.parametrize("value", ["#fff", "1px solid #D8D3C7", "rgb(0 0 0 / 50%)", "white", "0 0 2px black"])
def test_a_colour_that_is_no_token_is_found(value):
    assert colours_named(f"a:hover {{ background: {value}; }}") != []


@pytest.mark.parametrize(
    "css", ["a:hover #add { color: var(--ink); }", "p { white-space: nowrap; }", "/* a: white; */ p { margin: 0; }"]
)
def test_what_is_no_colour_is_not_taken_for_one(css):
    assert colours_named(css) == []


def test_tokens_are_declared_that_a_style_sheet_uses_and_the_other_way_round():
    own = re.compile(r"^\s*(--[\w-]+):", re.MULTILINE)
    declared = set(own.findall((STYLES / "tokens.css").read_text()))
    visitors_files = [path.read_text() for path in STYLES.glob("*.css") if path.name != "styleguide.css"]
    used = [(set(re.findall(r"var\((--[\w-]+)", text)), set(own.findall(text))) for text in visitors_files]
    assert [names - declared - its_own for names, its_own in used if names - declared - its_own] == []
    assert declared - set().union(*(names for names, _its_own in used)) == set()


# Contrast


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_apart_as_far_as_they_have_to(scheme):
    measured = measure(declared_tokens(), scheme)
    assert len(measured) == len(PAIRS) > 20
    assert [(one.pair, one.ratio) for one in measured if not one.is_enough] == []


def test_too_little_contrast_is_said_on_the_page(client, settings, monkeypatch):
    settings.DEBUG = True
    css = (STYLES / "tokens.css").read_text()
    weak = css.replace("--ink-soft: #", "--ink-soft: #999999; /* x */\n  --was: #", 1)
    monkeypatch.setattr("pilots.development.styleguide.view.declared_tokens", lambda: read_tokens(weak))
    said = read(client.get("/styleguide/")).one("main").text
    assert "ink-soft on paper: 2.7 too little, 4.5 is needed" in said
