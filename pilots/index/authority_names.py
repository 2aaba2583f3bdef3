"""What authorities are called in short, and their order by that in each language: what pilots are sorted by."""

from dataclasses import dataclass
from functools import cached_property

from pilots.index.facet_values import Named
from prepare_portal.collation import initial


@dataclass(frozen=True)
class AuthorityNames:
    """The names of authorities by their slugs. Never changed once made, so an order lasts as long as the names."""

    named: dict[str, Named]

    def place(self, slug: str, language: str) -> tuple[int, str]:
        """What to sort an authority by; one that is newer than the names comes last."""
        if language not in self._numbers:
            in_order = sorted(self.named.values(), key=lambda one: one.place(language))
            self._numbers[language] = {one.slug: number for number, one in enumerate(in_order)}
        return self._numbers[language].get(slug, len(self.named)), slug

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        """The places of authorities in each language that was asked for."""
        return {}

    def unchecked(self, language: str) -> set[str]:
        """Those of whose texts in a language nobody has checked all."""
        return {slug for slug, one in self.named.items() if language in one.unchecked}

    def initial(self, slug: str, language: str) -> str:
        """The letter that an authority stands under."""
        name = self.named[slug].text_in("name", language)[0] if slug in self.named else slug
        return initial(name, language)
