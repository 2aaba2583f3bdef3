"""Every pointer into the source that is stored for the nine pilots is shown to visitors, beside what it stands for."""

import pytest

from pilots.models import Pilot
from pilots.models.passage import describe_passage
from tests import facts
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)
EACH_PILOT = pytest.mark.parametrize("slug", sorted(facts.PILOTS))


@EACH_PILOT
def test_figures_and_the_summary_have_theirs_beside_them(client, slug):
    page, pilot = read(client.get(f"/pilots/{slug}/")), Pilot.objects.get(slug=slug)
    summary = describe_passage(pilot.passages.get(about="summary").passage)
    assert page.one("div", class_="entry-head").texts("p", class_="passage") == [f"Source: {summary}"]
    shown = [pointer for row in page.all("dl", class_="figures") for pointer in row.texts("dd", class_="passage")]
    assert shown == [f"Source: {describe_passage(figure.passage)}" for figure in pilot.key_figures.all()]


@EACH_PILOT
def test_table_has_those_of_other_organisations_and_figures(client, slug):
    page, pilot = read(client.get(f"/pilots/{slug}/")), Pilot.objects.get(slug=slug)
    rows = [
        tuple(cell.text for cell in row if cell.tag in {"th", "td"})
        for row in page.one("table", class_="pointers").one("tbody").all("tr")
    ]
    for row in pilot.organisations_involved.all():
        assert ("Others involved", row.name, describe_passage(row.passage)) in rows
    for figure in pilot.key_figures.all():
        assert ("In figures", f"{figure.stated_amount} {figure.label}", describe_passage(figure.passage)) in rows
    assert len(rows) == sum(
        manager.count() for manager in (pilot.passages, pilot.organisations_involved, pilot.key_figures)
    )


@EACH_PILOT
def test_lessons_and_methods_stand_under_their_own_headings_with_their_pointers(client, slug):
    page, pilot = read(client.get(f"/pilots/{slug}/")), Pilot.objects.get(slug=slug)
    for place, is_method in (("lessons", False), ("methods", True)):
        own = [lesson for lesson in pilot.lessons.all() if lesson.is_method == is_method]
        shown = page.all("section", **{"aria-labelledby": place})
        assert len(shown) == bool(own)
        assert [item["id"] for section in shown for item in section.all("li")] == [lesson.anchor for lesson in own]
        assert [said for section in shown for said in section.texts("p", class_="passage")] == [
            f"Source: {describe_passage(lesson.passage)}" for lesson in own
        ]
