"""What holds for every test: no network, static files there to be named."""

import pytest

from tests.run_all import collect_static_files


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
