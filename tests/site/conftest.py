"""Visitors for the tests in this folder."""

from tests.pages.browsers import client

__all__ = ["client"]
