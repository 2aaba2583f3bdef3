"""The nine pilots, in English and in five languages, for what is taken away of them."""

from tests.nine_pilots import nine_pilots, translated_pilots

__all__ = ["nine_pilots", "translated_pilots"]
