"""What somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

from prepare_portal.phrases import any_of, quoted


def nearest(said: str, known: Iterable[str]) -> str:
    """A sentence that names what is nearest to what was said, or some of what there is."""
    known = sorted(known)
    near = get_close_matches(said[:100], known, n=3, cutoff=0.6)
    if near:
        return _("Did you mean %(near)s?") % {"near": _quoted(near)}
    if 0 < len(known) <= 12:
        return _("Write %(known)s.") % {"known": _quoted(known)}
    return _("The sheet “allowed values” of the template file lists what there is.")


def _quoted(words: list[str]) -> str:
    return any_of(map(quoted, words))
