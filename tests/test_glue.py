"""What stands between words is the language's own: French sets a colon apart, so no template writes one."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import override

from tests.factories import PublishedPilotFactory
from tests.visitors import visitor

# What is no visible text, or is translated as a whole.
UNSEEN = re.compile(
    r"\{#.*?#\}|\{% blocktranslate\b.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}|<script\b.*?</script>|<[^>]*>",
    re.DOTALL,
)
COLON = re.compile(r":(?!\S)")
# The style guide is for developers, in English.
IN_ENGLISH = "styleguide"


def colons(template: str) -> Iterator[int]:
    """Yield the number of each line that writes a colon between words."""
    seen = UNSEEN.sub(lambda found: "\n" * found[0].count("\n"), template)
    return (number for number, line in enumerate(seen.split("\n"), 1) if COLON.search(line))


def test_no_template_writes_a_colon() -> None:
    root = settings.BASE_DIR / "templates"
    files = [file for file in root.rglob("*.html") if IN_ENGLISH not in file.name]
    assert len(files) > 100
    found = [f"{file.relative_to(root)}:{number}" for file in files for number in colons(file.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "Take out" %}<span class="visually-hidden">: {{ name }}</span>',
        "{{ name }}: {{ title }}",
        "{{ name }}:\n<a>there</a>",
        '<span class="visually-hidden">: </span>',
    ],
)
def test_a_colon_in_a_template_is_found(template: str) -> None:
    assert list(colons(f"<p>\n{template}")) == [2]


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "New:" %} <b>3</b>',
        "{% blocktranslate %}Said: {{ words }}{% endblocktranslate %}",
        '<a href="{% url "admin:index" %}" title="a: b">x</a>',
        "{# Note: of ours #}",
        "{{ name|labelled:title }} 10:30",
    ],
)
def test_other_colons_are_not(template: str) -> None:
    assert list(colons(template)) == []


def test_labels_keep_the_marks_of_language() -> None:
    said = Template("{% load phrases %}{{ place|labelled:title }}|{{ ''|labelled:title }}")
    with override("fr"):
        words = said.render(Context({"place": "A & B", "title": "<i>"}))
    assert words == "A &amp; B\u00a0: &lt;i&gt;|\u00a0: &lt;i&gt;"


@pytest.mark.django_db
def test_hidden_words_after_a_label_in_french() -> None:
    PublishedPilotFactory(slug="avignon", title="A mark")
    page = visitor().get("/fr/pilots/").content.decode()
    assert '<span class="visually-hidden">\u00a0: <span lang="en">A mark</span></span>' in page
