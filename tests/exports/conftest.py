"""The nine pilots, for what is taken away of them."""

from tests.nine_pilots import nine_pilots

__all__ = ["nine_pilots"]
