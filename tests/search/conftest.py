"""The nine pilots for the tests in this folder that read them."""

from tests.nine_pilots import nine_pilots, translated_pilots

__all__ = ["nine_pilots", "translated_pilots"]
