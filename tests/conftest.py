"""What holds for every test: no network, static files there to be named."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.run_all import collect_static_files
from tests.visitors import visitor


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let tests reach this machine only.

    First, because pytest-socket reads its options in this hook.
    """
    config.option.allow_hosts = "127.0.0.1,::1,localhost"
    config.option.allow_unix_socket = True


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Collect the static files, so that pages can name them."""
    collect_static_files()


@pytest.fixture
def client() -> Client:
    """Return a new visitor."""
    return visitor()


@pytest.fixture
def admin_client(admin_user: User) -> Client:
    """Return an administrator who has logged in."""
    client = visitor()
    client.force_login(admin_user)
    return client
