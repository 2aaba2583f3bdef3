"""Parts of pages that a process keeps ready: what they are, when they go, and what never gets into them."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from pilots.index import fragments
from pilots.index.fragments import CONTENT, FragmentCache


@pytest.fixture(autouse=True)
def _empty_shelf():
    CONTENT.clear()


def render(inside, **context):
    return Template("{% load i18n fragments %}" + inside).render(Context(context))


def test_a_part_is_made_once_for_each_version_language_and_key():
    part = '{% fragment version "name" key %}{{ words }}{% endfragment %}'
    assert render(part, version=1, key=1, words="a") == "a"
    assert render(part, version=1, key=1, words="b") == "a"
    assert render(part, version=1, key=2, words="c") == "c"
    with translation.override("fr"):
        assert render(part, version=1, key=1, words="d") == "d"
    assert render(part, version=2, key=1, words="e") == "e"
    assert render(part, version=1, key=1, words="f") == "f"  # older ones are gone


@pytest.mark.parametrize("version", [{}, {"version": None}])
def test_nothing_is_kept_without_a_version(version):
    part = '{% fragment version "name" %}{{ words }}{% endfragment %}'
    assert [render(part, words=words, **version) for words in "ab"] == ["a", "b"]
    assert not CONTENT.items


def test_what_is_fresh_is_made_for_each_visitor_from_the_values_it_was_given():
    part = (
        '{% fragment version "name" %}{% for slug in slugs %}[{% uncached with slug=slug %}'
        "{{ slug }} {{ visitor }}{% enduncached %}]{% endfor %}{% endfragment %}"
    )
    assert render(part, version=1, slugs=["a", "<b>"], visitor="x") == "[a x][&lt;b&gt; x]"
    assert render(part, version=1, slugs=[], visitor="<y>") == "[a &lt;y&gt;][&lt;b&gt; &lt;y&gt;]"
    assert render(part, slugs=["a"], visitor="z") == "[a z]"


@pytest.mark.parametrize(
    "inside",
    [
        "{% filter upper %}{% uncached %}a{% enduncached %}{% endfilter %}",
        '{% fragment version "other" %}a{% endfragment %}',
        "{% include fresh only %}",
    ],
)
def test_what_could_keep_a_visitors_choice_is_refused(inside):
    fresh = Template("{% load fragments %}{% uncached %}a{% enduncached %}")
    with pytest.raises(TemplateSyntaxError):
        render('{% fragment version "name" %}' + inside + "{% endfragment %}", version=1, fresh=fresh)
    assert render('{% fragment version "name" %}{% uncached %}a{% enduncached %}{% endfragment %}', version=1) == "a"


def test_what_is_fresh_may_stand_in_a_template_that_the_part_includes():
    inner = Template("{% load fragments %}{{ words }} {% uncached %}{{ visitor }}{% enduncached %}")
    part = '{% fragment version "name" %}{% include inner %}{% endfragment %}'
    assert render(part, version=1, inner=inner, words="a", visitor="x") == "a x"
    assert render(part, version=1, inner=inner, words="b", visitor="y") == "a y"


def test_a_shelf_is_bounded_in_parts_and_bytes():
    shelf = FragmentCache(most=3, most_bytes=3 * fragments.OVERHEAD + 5_000)
    for key in "abc":
        shelf.put(1, (key,), ("part",))
    shelf.get(1, ("a",))
    shelf.put(1, ("d",), ("part",))
    assert list(shelf.items) == [("c",), ("a",), ("d",)]
    shelf.put(1, ("e",), ("x" * 4_800,))
    assert list(shelf.items) == [("a",), ("d",), ("e",)]
    shelf.put(1, ("g",), ("x" * 4_800,))
    assert list(shelf.items) == [("g",)]
    shelf.put(1, ("f",), ("x" * 9_000,))
    assert not shelf.items
    assert not shelf.size


@pytest.mark.parametrize(
    "inside", ["{{ request.path }}", "{{ canonical }}", "{% if user %}a{% endif %}", "{{ user.pk }}"]
)
def test_a_part_cannot_be_made_of_what_belongs_to_one_request(inside):
    of_a_request = {"request": object(), "canonical": "https://a/", "user": object()}
    with pytest.raises(TemplateSyntaxError, match="A cached fragment cannot hold"):
        render('{% fragment version "name" %}' + inside + "{% endfragment %}", version=1, **of_a_request)
    part = '{% fragment version "name" canonical %}{% uncached %}{{ canonical }}{% enduncached %}{% endfragment %}'
    assert render(part, version=1, **of_a_request) == "https://a/"
