"""Two editors at once: the browsers of two accounts."""

import pytest
from django.test import Client

from tests.people import browser_of, person


@pytest.fixture
def mine() -> Client:
    return browser_of(person("administrator"))


@pytest.fixture
def theirs() -> Client:
    return browser_of(person("administrator", username="ana"))
