"""Packs have the colours of the light page."""

import re

from pilots.development.styleguide.view import declared_tokens
from pilots.exports.documents import docx_styles
from pilots.exports.documents.typst_writer import TEMPLATE

DATABASES = ("sqlite",)
# How packs call them: how the page does.
NAMES = {"ink": "ink", "soft": "ink-soft", "accent": "accent", "rule": "line", "wash": "wash"}


def test_colours_of_both_formats_are_those_of_the_page():
    light = {token.name: token.value for token in declared_tokens()}
    pdf = dict(re.findall(r'^#let (\w+) = rgb\("(#\w+)"\)$', TEMPLATE.read_text(), re.MULTILINE))
    docx = {name: f"#{getattr(docx_styles, name.upper()).lower()}" for name in NAMES}
    assert pdf == docx == {name: light[token] for name, token in NAMES.items()}
