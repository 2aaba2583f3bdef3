"""A source's text that is not ticked as one to show is read by editors alone; here stands an invented one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from pilots.models import PreviewLink, SourceText
from pilots.search.reindex import index_words
from tests import factories
from tests.test_leaks import answers, make, public_addresses

pytestmark = pytest.mark.django_db

CANARY = "Quokka"
TEXT = f"{CANARY} heading\nThe {CANARY} met no one. The {CANARY} left.\nA third {CANARY} stayed. It sang."
ASKED = ("quokka", "Quokka+heading", "%22met+no+one%22")


def visited() -> dict[str, tuple[int, str, bytes]]:
    """What every public address answers, words of the text asked for among them, and a draft's link."""
    index_words()
    pages = ("/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/suggest/")
    asked = [f"{page}?q={words}" for page in pages for words in ASKED]
    links = [f"/preview/{link.token}/" for link in PreviewLink.objects.all()]
    return answers([*public_addresses(), *asked, *links, "/sources/nowhere/", "/sources/shown-source/?page=x"])


@pytest.fixture
def source() -> object:
    """The source of a public pilot with pointers, and of a draft that somebody has a link to."""
    source = make("shown", "FR").source
    SourceText.objects.all().delete()  # that of the tests of leaks
    draft = factories.PilotFactory(source=source)
    factories.PassageFactory(pilot=draft)
    later = timezone.now() + timedelta(days=7)
    PreviewLink.objects.create(pilot=draft, token="given-to-an-outsider", expires_at=later)
    return source


def test_text_that_is_not_ticked_changes_no_answer_to_visitors(source):
    before = visited()
    SourceText.objects.create(source=source, text=TEXT)
    after = visited()
    assert len(after) > 100
    assert [address for address in after if after[address] != before[address]] == []
    assert before["/preview/given-to-an-outsider/"][0] == 200


def test_no_word_of_it_is_in_the_tables_of_the_search(source):
    SourceText.objects.create(source=source, text=TEXT, may_be_shown=True)
    index_words()
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if "word" in name or "search" in name]
        assert tables
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            assert CANARY.lower() not in str(cursor.fetchall()).lower(), table


def test_ticked_text_is_on_the_page_of_its_source_and_an_untick_hides_it_again(source):
    text = SourceText.objects.create(source=source, text=TEXT)
    seen = []
    for is_shown in (False, True, False):
        SourceText.objects.filter(pk=text.pk).update(may_be_shown=is_shown)
        (_status, _location, page) = answers(["/sources/shown-source/"])["/sources/shown-source/"]
        seen.append(page.count(CANARY.encode()))
    assert seen == [0, 4, 0]
