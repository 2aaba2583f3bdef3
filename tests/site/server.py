"""Requests as the production server reads them, without starting it: gunicorn's own parser with the site's settings."""

import functools
import runpy
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from gunicorn.config import Config
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader
from gunicorn.http.wsgi import create

from tests.visitors import handler

PROXY = ("127.0.0.1", 40_000)


@functools.cache
def configuration() -> Config:
    """Return gunicorn's settings as `gunicorn.conf.py` makes them."""
    config = Config()
    for name, value in runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py")).items():
        if name in config.settings:
            config.set(name, value)
    return config


class NoSocket:
    """Takes what the server sends and keeps nothing of it."""

    def send(self, _data: bytes) -> None:
        """Send nothing."""


def environ(target: str, *headers: str, method: str = "GET", body: bytes = b"") -> dict[str, Any]:
    """What the server hands on to the site, asked by a proxy on this machine."""
    head = "\r\n".join([f"{method} {target} HTTP/1.1", *headers, "", ""])
    request = Request(configuration(), IterUnreader([head.encode("latin-1") + body]), PROXY)
    made: dict[str, Any] = create(request, NoSocket(), PROXY, ("127.0.0.1", 8000), configuration())[1]
    return made


def ask(target: str, *headers: str, method: str = "GET") -> HttpResponse:
    """The site's answer."""
    return handler()(environ(target, "Host: 127.0.0.1", *headers, method=method))
