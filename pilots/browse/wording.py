"""What a page says of the rows it lists, in whole sentences for translators: of pilots, of lessons and methods."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from pyroaring import BitMap

from pilots.index.lessons import KIND
from pilots.index.pilots import Index
from pilots.models.lesson import METHODS

# What stands before the words that were looked for
SEARCH = pgettext_lazy("label", "Search")
# That the texts of the page's language do not have a word: found in those of which language
FOUND_IN = {
    "en": gettext_lazy("“%(word)s” was found in English."),
    "fr": gettext_lazy("“%(word)s” was found in French."),
    "es": gettext_lazy("“%(word)s” was found in Spanish."),
    "nl": gettext_lazy("“%(word)s” was found in Dutch."),
    "sv": gettext_lazy("“%(word)s” was found in Swedish."),
}


class PilotWording:
    """What a page that shows pilots says of them."""

    # How the choices of the form go together
    hint = gettext_lazy(
        "Several values of one kind: pilots with any of them. Different kinds: pilots with all of them."
    )
    # Why nothing matches, before the ways out
    none_has_all = gettext_lazy("No pilot has all of this.")

    def amount_of(self, rows: BitMap, index: Index) -> Any:
        """How many rows of the index these are, as the sentences take it."""
        return len(rows)

    def amount(self, count: Any) -> str:
        """A number of them: “3 pilots”."""
        return ngettext("%(count)d pilot", "%(count)d pilots", count) % {"count": count}

    def part(self, count: Any, total: Any) -> str:
        """How many of all match: “3 of 9 pilots”. In English the total governs the noun, in French the count."""
        words = ngettext("%(count)d of %(total)d pilots", "%(count)d of %(total)d pilots", count)
        if total == 1:
            words = _("%(count)d of %(total)d pilot")
        return words % {"count": count, "total": total}

    def all_shown(self, total: Any) -> str:
        """Say that nothing is chosen."""
        return ngettext("%(total)d pilot is shown.", "All %(total)d pilots are shown.", total) % {"total": total}

    def there_are(self, total: Any) -> str:
        """Say how many there are, where not all of them are shown."""
        return ngettext("There is %(total)d pilot.", "There are %(total)d pilots.", total) % {"total": total}

    def matching(self, count: Any, chosen: str) -> str:
        """Say how many match what is chosen, in words."""
        words = ngettext("%(count)d pilot matches: %(chosen)s.", "%(count)d pilots match: %(chosen)s.", count)
        return words % {"count": count, "chosen": chosen}

    def without_stop_words(self, count: Any, left_out: str, chosen: str) -> str:
        """Say that nothing has all words, and how many match when those that say little are left out."""
        words = ngettext(
            "No pilot has all these words. Without “%(left_out)s”, %(count)d pilot matches: %(chosen)s.",
            "No pilot has all these words. Without “%(left_out)s”, %(count)d pilots match: %(chosen)s.",
            count,
        )
        return words % {"count": count, "left_out": left_out, "chosen": chosen}

    def having_most(self, count: Any, holds: int, of: int, chosen: str) -> str:
        """Say that nothing has all words, and how many have most of them."""
        words = ngettext(
            "No pilot has all these words. %(count)d pilot has %(holds)d of %(of)d: %(chosen)s.",
            "No pilot has all these words. %(count)d pilots have %(holds)d of %(of)d: %(chosen)s.",
            count,
        )
        return words % {"count": count, "holds": holds, "of": of, "chosen": chosen}

    def none_matching(self, chosen: str) -> str:
        """Say that nothing matches what is chosen, in words."""
        return _("No pilot matches: %(chosen)s.") % {"chosen": chosen}

    def how_many_state(self, item: str, count: int, total: int) -> str:
        """Say of how many pilots the source states something that was asked for: “… for 2 of the 9 pilots.”"""
        if count:
            words = ngettext(
                "%(item)s: the source states it for the only pilot.",
                "%(item)s: the source states it for %(count)d of the %(total)d pilots.",
                total,
            )
        else:
            words = ngettext(
                "%(item)s: the source does not state it for the only pilot.",
                "%(item)s: the source states it for none of the %(total)d pilots.",
                total,
            )
        return words % {"item": item, "count": count, "total": total}

    def how_many_can_be_reached(self, item: str, count: int, total: int) -> str:
        """Say of how many pilots an authority or partner has a public contact; the source states none."""
        if count:
            words = ngettext(
                "%(item)s: there is one for the only pilot.",
                "%(item)s: there is one for %(count)d of the %(total)d pilots.",
                total,
            )
        else:
            words = ngettext(
                "%(item)s: there is none for the only pilot. Ask the editors to put you in touch.",
                "%(item)s: there is one for none of the %(total)d pilots. Ask the editors to put you in touch.",
                total,
            )
        return words % {"item": item, "count": count, "total": total}

    def show_all(self, total: Any) -> str:
        return ngettext("Show the only pilot", "Show all %(total)d pilots", total) % {"total": total}


class Split(NamedTuple):
    """How many lessons and how many working methods some rows of the library are."""

    lessons: int
    methods: int


class LessonWording(PilotWording):
    """What the library says of lessons and of working methods, which are never counted as one."""

    # What the numbers of the form count, too
    hint = gettext_lazy(
        "The numbers count lessons and working methods together. Several values under one heading: those that fit "
        "any of them. Values under different headings: those that fit all of them."
    )
    none_has_all = gettext_lazy("No lesson or working method fits all of this.")

    def amount_of(self, rows: BitMap, index: Index) -> Split:
        """How many of these are lessons, and how many are working methods."""
        methods = len(rows & index.having(KIND, METHODS))
        return Split(len(rows) - methods, methods)

    def amount(self, count: Any) -> str:
        """A number of them: “3 lessons and 12 working methods”."""
        return self._both(self._lessons(count.lessons), self._methods(count.methods), count)

    def part(self, count: Any, total: Any) -> str:
        """How many of all match: “1 of 3 lessons and 4 of 12 working methods”."""
        lessons = self._lessons_of(count.lessons, total.lessons)
        return self._both(lessons, self._methods_of(count.methods, total.methods), count)

    def all_shown(self, total: Any) -> str:
        """Say that nothing is chosen."""
        if not sum(total):
            return _("There are no lessons or working methods yet.")
        words = ngettext("%(amount)s is shown.", "All %(amount)s are shown.", sum(total))
        return words % {"amount": self.amount(total)}

    def matching(self, count: Any, chosen: str) -> str:
        """Say how many match what is chosen, in words."""
        words = ngettext("%(amount)s matches: %(chosen)s.", "%(amount)s match: %(chosen)s.", sum(count))
        return words % {"amount": self.amount(count), "chosen": chosen}

    def without_stop_words(self, count: Any, left_out: str, chosen: str) -> str:
        """Say that nothing has all words, and how many match when those that say little are left out."""
        words = ngettext(
            "No lesson or working method has all these words. Without “%(left_out)s”, %(amount)s matches: %(chosen)s.",
            "No lesson or working method has all these words. Without “%(left_out)s”, %(amount)s match: %(chosen)s.",
            sum(count),
        )
        return words % {"amount": self.amount(count), "left_out": left_out, "chosen": chosen}

    def having_most(self, count: Any, holds: int, of: int, chosen: str) -> str:
        """Say that nothing has all words, and how many have most of them."""
        words = ngettext(
            "No lesson or working method has all these words. %(amount)s has %(holds)d of %(of)d: %(chosen)s.",
            "No lesson or working method has all these words. %(amount)s have %(holds)d of %(of)d: %(chosen)s.",
            sum(count),
        )
        return words % {"amount": self.amount(count), "holds": holds, "of": of, "chosen": chosen}

    def none_matching(self, chosen: str) -> str:
        """Say that nothing matches what is chosen, in words."""
        return _("No lesson or working method matches: %(chosen)s.") % {"chosen": chosen}

    def show_all(self, total: Any) -> str:
        words = ngettext("Show the only one: %(amount)s", "Show all %(amount)s", sum(total))
        return words % {"amount": self.amount(total)}

    def _lessons(self, count: int) -> str:
        return ngettext("%(count)d lesson", "%(count)d lessons", count) % {"count": count}

    def _methods(self, count: int) -> str:
        return ngettext("%(count)d working method", "%(count)d working methods", count) % {"count": count}

    def _lessons_of(self, count: int, total: int) -> str:
        words = ngettext("%(count)d of %(total)d lessons", "%(count)d of %(total)d lessons", count)
        if total == 1:
            words = _("%(count)d of %(total)d lesson")
        return words % {"count": count, "total": total}

    def _methods_of(self, count: int, total: int) -> str:
        words = ngettext("%(count)d of %(total)d working methods", "%(count)d of %(total)d working methods", count)
        if total == 1:
            words = _("%(count)d of %(total)d working method")
        return words % {"count": count, "total": total}

    def _both(self, lessons: str, methods: str, count: Split) -> str:
        """Both halves, or the one of which there are any; nothing at all is nothing of both."""
        if bool(count.lessons) != bool(count.methods):
            return lessons if count.lessons else methods
        return _("%(lessons)s and %(methods)s") % {"lessons": lessons, "methods": methods}


def searched_for(words: str) -> str:
    """The words that were looked for, as part of a sentence."""
    return _("search “%(words)s”") % {"words": words}


def in_sentence(words: str) -> str:
    """A label as it stands inside a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]
