"""Chance that can be foretold: the same seed throws the same."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Throws for one entry.

    `loaded` decides every throw on whether something is there, and how much of it: True makes an
    entry that has everything, False one that has only what it must; None leaves it to chance.
    """

    def __init__(self, random: Random, *, loaded: bool | None = None) -> None:
        self.random = random
        self.loaded = loaded

    @classmethod
    def for_entry(cls, random: Random, number: int) -> "Dice":
        """The dice for the entry with this number: the first has everything, the second as little as can be."""
        return cls(random, loaded={1: True, 2: False}.get(number))

    def chance(self, share: float) -> bool:
        """True in `share` (0 to 1) of the throws."""
        return self.random.random() < share if self.loaded is None else self.loaded

    def count(self, at_most: int) -> int:
        """A number from 0 to `at_most`, each as likely as the other."""
        return self.random.randint(0, at_most) if self.loaded is None else at_most * self.loaded

    def one(self, items: Sequence[Item]) -> Item:
        return items[int(len(items) * self.random.random())]

    def favoured(self, items: Sequence[Item]) -> Item:
        """One of `items`, the first ones far more often: half of all throws fall on the first quarter.

        That is what the square does: an even throw stays below ½ half the time, its square then below ¼.
        """
        return items[int(len(items) * self.random.random() ** 2)]

    def several(self, items: Sequence[Item], number: int, at_least: int, at_most: int) -> list[Item]:
        """Distinct `items`, from `at_least` to `at_most`, in their order.

        The n-th entry (`number`, from 1) gets the n-th item among them, so that none stays unused.
        """
        wanted = at_least + self.count(at_most - at_least)
        places = {number - 1} if number <= len(items) and (wanted or self.loaded is None) else set()
        places |= {self.favoured(range(len(items))) for _throw in range(wanted - len(places))}
        return [items[place] for place in sorted(places)]
