"""The nine pilots for the tests in this folder that read them, and visitors."""

from tests.find.nine_pilots import nine_pilots
from tests.pages.browsers import client

__all__ = ["client", "nine_pilots"]
