"""What somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _


def nearest(said: str, known: Iterable[str]) -> str:
    """A sentence that names what is nearest to what was said, or some of what there is."""
    known = sorted(known)
    near = get_close_matches(said[:100], known, n=3, cutoff=0.6)
    if near:
        return _("Did you mean %(near)s?") % {"near": _either(near)}
    if 0 < len(known) <= 12:
        return _("Write %(known)s.") % {"known": _either(known)}
    return _("The sheet “allowed values” of the template file lists what there is.")


def _either(words: list[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return (
        quoted[0]
        if len(quoted) == 1
        else _("%(some)s or %(last)s")
        % {
            "some": ", ".join(quoted[:-1]),
            "last": quoted[-1],
        }
    )
