"""The page on data protection says of every table whether it holds data of persons."""

import re

from django.apps import apps
from django.contrib.auth.models import User

from tests.locks import ROOT

DATABASES = ("sqlite",)  # files and models
TEXT = (ROOT / "docs/data-protection.md").read_text(encoding="utf-8")
TABLES, _heading, REST = TEXT.partition("### Tables without data of persons")
NAME = re.compile(r"\b(?:[A-Z][a-z]+)+\b")


def with_persons() -> set[str]:
    """What stands in the column of tables."""
    cells = [row.split("|")[3] for row in TABLES.splitlines() if row.count("|") == 7]
    return {name for cell in cells for name in NAME.findall(cell)}


def without_persons() -> set[str]:
    """What the other tables are called."""
    listed = REST.partition("### ")[0].partition(": ")[2]
    return set(NAME.findall(listed))


def test_every_table_is_said_to_hold_data_of_persons_or_not() -> None:
    tables = {model.__name__ for model in apps.get_models()}
    translations = {f"{name}Translation" for name in with_persons()}
    assert tables - translations == with_persons() | without_persons()
    assert with_persons() & without_persons() == set()


def test_every_table_that_names_an_account_holds_data_of_persons() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.fields]
    naming = {field.model.__name__ for field in fields if field.remote_field and field.remote_field.model is User}
    assert naming - with_persons() == set()
