"""Visitors for tests: each with cookies of its own, all served by one start of the site's middleware.

Starting it takes ten times as long as an answer, because the static files are looked through.
"""

import functools

from django.test import Client
from django.test.client import ClientHandler


@functools.cache
def handler() -> ClientHandler:
    """What answers, with no check of forms' tokens."""
    return ClientHandler(enforce_csrf_checks=False)


def visitor() -> Client:
    client = Client()
    client.handler = handler()
    return client
