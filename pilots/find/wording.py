"""What a page says of the rows it lists, in whole sentences for translators: of pilots, of lessons."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class PilotWording:
    """What a page that shows pilots says of them."""

    def amount(self, count: int) -> str:
        """Return a number of them: “3 pilots”."""
        return ngettext("%(count)d pilot", "%(count)d pilots", count) % {"count": count}

    def part(self, count: int, total: int) -> str:
        """Return how many of all match: “3 of 9 pilots”."""
        words = ngettext("%(count)d of %(total)d pilot", "%(count)d of %(total)d pilots", total)
        return words % {"count": count, "total": total}

    def all_shown(self, total: int) -> str:
        """Say that nothing is chosen."""
        return ngettext("%(total)d pilot is shown.", "All %(total)d pilots are shown.", total) % {"total": total}

    def there_are(self, total: int) -> str:
        """Say how many there are, where not all of them are shown."""
        return ngettext("There is %(total)d pilot.", "There are %(total)d pilots.", total) % {"total": total}

    def matching(self, count: int, chosen: str) -> str:
        """Say how many match what is chosen, in words."""
        words = ngettext("%(count)d pilot matches: %(chosen)s.", "%(count)d pilots match: %(chosen)s.", count)
        return words % {"count": count, "chosen": chosen}

    def without_stop_words(self, count: int, left_out: str, chosen: str) -> str:
        """Say that nothing has all words, and how many match when those that say little are left out."""
        words = ngettext(
            "No pilot has all these words. Without “%(left_out)s”, %(count)d pilot matches: %(chosen)s.",
            "No pilot has all these words. Without “%(left_out)s”, %(count)d pilots match: %(chosen)s.",
            count,
        )
        return words % {"count": count, "left_out": left_out, "chosen": chosen}

    def having_most(self, count: int, holds: int, of: int, chosen: str) -> str:
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

    def none_has_all(self) -> str:
        """Say why nothing matches, before the ways out."""
        return _("No pilot has all of this.")

    def show_all(self, total: int) -> str:
        """Return the name of the link to all of them."""
        return ngettext("Show the only pilot", "Show all %(total)d pilots", total) % {"total": total}

    def hint(self) -> str:
        """Explain how the choices of the form go together."""
        return _("Several values of one kind: pilots with any of them. Different kinds: pilots with all of them.")


class LessonWording(PilotWording):
    """What the library says of lessons."""

    def amount(self, count: int) -> str:
        """Return a number of them: “7 lessons”."""
        return ngettext("%(count)d lesson", "%(count)d lessons", count) % {"count": count}

    def part(self, count: int, total: int) -> str:
        """Return how many of all match: “2 of 7 lessons”."""
        words = ngettext("%(count)d of %(total)d lesson", "%(count)d of %(total)d lessons", total)
        return words % {"count": count, "total": total}

    def all_shown(self, total: int) -> str:
        """Say that nothing is chosen."""
        if not total:
            return _("There are no lessons yet.")
        return ngettext("%(total)d lesson is shown.", "All %(total)d lessons are shown.", total) % {"total": total}

    def matching(self, count: int, chosen: str) -> str:
        """Say how many match what is chosen, in words."""
        words = ngettext("%(count)d lesson matches: %(chosen)s.", "%(count)d lessons match: %(chosen)s.", count)
        return words % {"count": count, "chosen": chosen}

    def without_stop_words(self, count: int, left_out: str, chosen: str) -> str:
        """Say that nothing has all words, and how many match when those that say little are left out."""
        words = ngettext(
            "No lesson has all these words. Without “%(left_out)s”, %(count)d lesson matches: %(chosen)s.",
            "No lesson has all these words. Without “%(left_out)s”, %(count)d lessons match: %(chosen)s.",
            count,
        )
        return words % {"count": count, "left_out": left_out, "chosen": chosen}

    def having_most(self, count: int, holds: int, of: int, chosen: str) -> str:
        """Say that nothing has all words, and how many have most of them."""
        words = ngettext(
            "No lesson has all these words. %(count)d lesson has %(holds)d of %(of)d: %(chosen)s.",
            "No lesson has all these words. %(count)d lessons have %(holds)d of %(of)d: %(chosen)s.",
            count,
        )
        return words % {"count": count, "holds": holds, "of": of, "chosen": chosen}

    def none_matching(self, chosen: str) -> str:
        """Say that nothing matches what is chosen, in words."""
        return _("No lesson matches: %(chosen)s.") % {"chosen": chosen}

    def none_has_all(self) -> str:
        """Say why nothing matches, before the ways out."""
        return _("No lesson fits all of this.")

    def show_all(self, total: int) -> str:
        """Return the name of the link to all of them."""
        return ngettext("Show the only lesson", "Show all %(total)d lessons", total) % {"total": total}

    def hint(self) -> str:
        """Explain how the choices of the form go together, and what its numbers count."""
        return _(
            "The numbers count lessons. Several values under one heading: lessons that fit any of them. "
            "Values under different headings: lessons that fit all of them."
        )
