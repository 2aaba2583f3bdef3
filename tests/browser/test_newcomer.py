"""A newcomer's questions, each answered within three clicks from the front page. No script is needed for it."""

import pytest
from playwright.sync_api import Page, expect

from tests import facts
from tests.browser.conftest import NewPage

DATABASES = ("sqlite",)


@pytest.fixture
def front(new_page: NewPage) -> Page:
    """The front page in a browser without JavaScript."""
    page = new_page(java_script_enabled=False)
    page.goto("/")
    return page


def having(field: str, value: str) -> dict[str, facts.Facts]:
    """The pilots that the source gives this value, from its heading alone too."""
    return {
        slug: pilot for slug, pilot in facts.PILOTS.items() if value in {v.rstrip("*") for v in getattr(pilot, field)}
    }


def test_which_pilots_trained_frontline_staff(front: Page) -> None:
    front.get_by_role("link", name="Who trained frontline staff?").click()
    trained = having("audiences", "frontline-practitioners")
    assert all("training" in {v.rstrip("*") for v in pilot.activity_types} for pilot in trained.values())
    expect(front.get_by_role("article")).to_have_count(len(trained))
    for pilot in trained.values():
        expect(front.get_by_role("article").filter(has_text=pilot.title)).to_contain_text("Training")


def test_who_worked_with_exit_sweden_on_what(front: Page) -> None:
    front.get_by_role("navigation", name="Main").get_by_role("link", name="Partners").click()
    front.get_by_role("main").get_by_role("link", name="Fryshuset / Exit Sweden", exact=True).first.click()
    expect(front.get_by_role("heading", level=1)).to_have_text("Fryshuset / Exit Sweden")
    for pilot in having("partners", "fryshuset-exit-sweden").values():
        expect(front.get_by_role("main")).to_contain_text(pilot.authority)
    expect(front.get_by_role("main")).to_contain_text("Case management")


def test_how_pilots_for_young_offenders_worked(front: Page) -> None:
    front.get_by_role("link", name="How did pilots for young offenders work?").click()
    pilots = having("target_groups", "young-offenders")
    methods = sum(list(pilot.lessons.values()).count("method") for pilot in pilots.values())
    expect(front.get_by_role("heading", level=1)).to_contain_text(f"{methods} of 12 working methods")
    for pilot in pilots.values():
        expect(front.get_by_role("main")).to_contain_text(pilot.place)


def test_what_no_pilot_for_returning_foreign_fighters_is_described_as(front: Page) -> None:
    front.get_by_role("link", name="What is no pilot for returning foreign fighters described as?").click()
    answer = front.locator(":target")
    tried = set().union(
        *(
            {v.rstrip("*") for v in p.activity_types}
            for p in having("target_groups", "returning-foreign-fighters").values()
        )
    )
    names = {
        "training": "Training",
        "case-management": "Case management",
        "restorative-practice": "Restorative practice",
    }
    for slug, name in names.items():
        if slug in tried:
            expect(answer).not_to_contain_text(name)
        else:
            expect(answer).to_contain_text(name)


def test_how_rotterdam_and_vilvoorde_differ(front: Page) -> None:
    front.get_by_role("navigation", name="Main").get_by_role("link", name="Pilots").click()
    front.get_by_role("article").filter(has_text="Municipality of Rotterdam").locator(".card-title a").click()
    front.get_by_role("link", name="Compare with Vilvoorde").click()
    expect(front.get_by_role("heading", level=1)).to_contain_text("Rotterdam")
    expect(front.get_by_role("main")).to_contain_text("Belgium")
    expect(front.get_by_role("main")).to_contain_text("Netherlands")
