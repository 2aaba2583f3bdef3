"""An administrator's second factor, in a browser: chosen at the first login, asked for at the next ones.

The pages run under their policy: a breach of it is a complaint. axe finds nothing, wide and light, narrow and dark.
"""

from collections.abc import Callable

import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.axe import find_faults
from tests.browser.conftest import NewContext
from tests.browser.server import ADMIN_PASSWORD, Site

DATABASES = ("factors",)
FIRST_PAGE = "What do you want to change?"
KEY_IN_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
Reaches = Callable[[str], None]


@pytest.fixture
def page(new_context: NewContext, site: Site) -> Page:
    """The browser of Renata, a superuser without a second factor, on a device that can keep passkeys."""
    site.environment["DJANGO_SUPERUSER_PASSWORD"] = ADMIN_PASSWORD
    site.manage("createsuperuser", "--noinput", "--username=renata", "--email=renata@example.org")
    page = new_context().new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_IN_THE_DEVICE})
    return page


@pytest.fixture
def reaches(page: Page, complaints: list[str]) -> Reaches:
    """A function that waits for the page with this heading, and looks whether everybody can use it."""

    def wait(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert complaints == []
        for width, scheme in ((1280, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert find_faults(page) == [], f"{heading}, {width} px, {scheme}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        complaints.clear()  # axe itself sets styles, which the policy refuses

    return wait


def give_password(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill("renata")
    page.get_by_label("Password").fill(ADMIN_PASSWORD)
    page.get_by_role("button", name="Log in").click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logged out")


def test_app_and_passkey_are_chosen_and_let_in(page: Page, reaches: Reaches) -> None:
    give_password(page)
    reaches("Add a second factor")
    app = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
    page.get_by_label("The six digits").fill(app.now())
    page.get_by_role("button", name="Use this app").click()
    reaches("Your recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    reaches(FIRST_PAGE)
    log_out(page)

    give_password(page)
    reaches("Second step of logging in")
    page.get_by_label("Code").fill(app.at(timezone.now(), counter_offset=1))  # the present digits are used already
    page.get_by_role("button", name="Log in").click()
    reaches(FIRST_PAGE)

    page.goto("/admin/second-factor/add/")
    page.get_by_label("What to call it").fill("blue key")
    page.get_by_role("button", name="Make a passkey").click()
    reaches("Second factor")
    expect(page.get_by_role("listitem").filter(has_text="Passkey “blue key”")).to_be_visible()
    log_out(page)

    give_password(page)
    page.get_by_role("button", name="Use a passkey").click()
    reaches(FIRST_PAGE)
