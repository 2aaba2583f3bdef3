"""The admin's own pages run under its content policy: lists, forms, and what their scripts draw."""

import pytest
from playwright.sync_api import Page, expect

DATABASES = ("sqlite",)


MODELS = ["pilot", "authority", "partner", "activitytype", "audience", "targetgroup", "stage", "source", "glossaryterm"]


@pytest.mark.parametrize("model", [*MODELS, "synonymset"])
def test_admin_pages_run_under_their_policy(model: str, editor: Page) -> None:
    editor.goto(f"/admin/pilots/{model}/")
    editor.locator("#result_list tbody tr a").first.click()
    expect(editor.get_by_role("button", name="Save", exact=True).first).to_be_visible()
    editor.goto(f"/admin/pilots/{model}/add/")
    expect(editor.get_by_role("button", name="Save", exact=True).first).to_be_visible()
