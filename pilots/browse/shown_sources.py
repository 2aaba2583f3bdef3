"""The texts of sources that visitors may read, for pointers that open in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pilots.models import SourceText
from pilots.models.numbered_text import NumberedText, Quotation


@dataclass(frozen=True)
class ShownSource:
    """A text that visitors may read. `address` is that of its page, `language` that of its words; "" without one."""

    words: str
    address: str
    language: str = ""

    @cached_property
    def text(self) -> NumberedText:
        """Its paragraphs and sentences, counted when a pointer is followed first."""
        return NumberedText(self.words)

    def look_up(self, pointer: str) -> Quotation:
        return self.text.look_up(pointer)


def shown_sources(sources: Iterable[int | None]) -> dict[int, ShownSource]:
    """The texts that visitors may read, by the ids of these sources. One query."""
    rows = SourceText.objects.shown().filter(source__in={pk for pk in sources if pk}).select_related("source")
    return {row.source_id: ShownSource(row.text, row.source.get_absolute_url(), row.original_language) for row in rows}
