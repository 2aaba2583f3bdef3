"""Parts of pages that a process keeps ready: what they are, when they go, and what never gets into them."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from pilots.find import kept
from pilots.find.kept import CONTENT, Shelf


@pytest.fixture(autouse=True)
def _empty_shelf():
    CONTENT.parts.clear()
    CONTENT.version, CONTENT.size = None, 0


def render(inside, **context):
    return Template("{% load i18n kept %}" + inside).render(Context(context))


def test_a_part_is_made_once_for_each_version_language_and_key():
    part = '{% kept version "name" key %}{{ words }}{% endkept %}'
    assert render(part, version=1, key=1, words="a") == "a"
    assert render(part, version=1, key=1, words="b") == "a"
    assert render(part, version=1, key=2, words="c") == "c"
    with translation.override("fr"):
        assert render(part, version=1, key=1, words="d") == "d"
    assert render(part, version=2, key=1, words="e") == "e"
    assert render(part, version=1, key=1, words="f") == "f"  # older ones are gone


@pytest.mark.parametrize("version", [{}, {"version": None}])
def test_nothing_is_kept_without_a_version(version):
    part = '{% kept version "name" %}{{ words }}{% endkept %}'
    assert [render(part, words=words, **version) for words in "ab"] == ["a", "b"]
    assert not CONTENT.parts


def test_what_is_fresh_is_made_for_each_visitor_from_the_values_it_was_given():
    part = (
        '{% kept version "name" %}{% for slug in slugs %}[{% fresh with slug=slug %}'
        "{{ slug }} {{ visitor }}{% endfresh %}]{% endfor %}{% endkept %}"
    )
    assert render(part, version=1, slugs=["a", "<b>"], visitor="x") == "[a x][&lt;b&gt; x]"
    assert render(part, version=1, slugs=[], visitor="<y>") == "[a &lt;y&gt;][&lt;b&gt; &lt;y&gt;]"
    assert render(part, slugs=["a"], visitor="z") == "[a z]"


@pytest.mark.parametrize(
    "inside",
    [
        "{% filter upper %}{% fresh %}a{% endfresh %}{% endfilter %}",
        '{% kept version "other" %}a{% endkept %}',
        "{% include fresh only %}",
    ],
)
def test_what_could_keep_a_visitors_choice_is_refused(inside):
    fresh = Template("{% load kept %}{% fresh %}a{% endfresh %}")
    with pytest.raises(TemplateSyntaxError):
        render('{% kept version "name" %}' + inside + "{% endkept %}", version=1, fresh=fresh)
    assert render('{% kept version "name" %}{% fresh %}a{% endfresh %}{% endkept %}', version=1) == "a"


def test_a_shelf_is_bounded_in_parts_and_bytes():
    shelf = Shelf(most_parts=3, most_bytes=3 * kept.OVERHEAD + 5_000)
    for key in "abc":
        shelf.put(1, (key,), ("part",))
    shelf.get(1, ("a",))
    shelf.put(1, ("d",), ("part",))
    assert list(shelf.parts) == [("c",), ("a",), ("d",)]
    shelf.put(1, ("e",), ("x" * 4_800,))
    assert list(shelf.parts) == [("a",), ("d",), ("e",)]
    shelf.put(1, ("g",), ("x" * 4_800,))
    assert list(shelf.parts) == [("g",)]
    shelf.put(1, ("f",), ("x" * 9_000,))
    assert not shelf.parts
    assert not shelf.size
