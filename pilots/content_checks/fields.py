"""What the fields of an entry are called, and where they stand on its form."""

from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from pilots.content_checks.finding import Path
from pilots.models.content import PARTS, Content
from pilots.models.pilot import Pilot


def name_of(path: Path) -> str:
    """What editors call the field: “Summary”, “Lesson 2”, “Partners”."""
    if path[0] in PARTS:
        part = str(PARTS[path[0]]._meta.verbose_name if len(path) > 1 else PARTS[path[0]]._meta.verbose_name_plural)
        return capfirst(f"{part} {path[1]}" if len(path) > 1 else part)
    return capfirst(_verbose_name(path[-1]))


def with_language(path: Path) -> str:
    """The name of the field and, if it holds words of a translation, the language: “Summary (French)”."""
    language = language_of(path)
    if language in ("", "en"):
        return name_of(path)
    return _("%(field)s (%(language)s)") % {"field": name_of(path), "language": name_of_language(language)}


def language_of(path: Path) -> str:
    return path[path.index("texts") + 1] if "texts" in path else ""


def name_of_language(code: str) -> str:
    """The name of a language, its code if nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def anchor_of(path: Path, content: Content) -> str:
    """The id of the field on the form; of the group for parts that are not there yet."""
    if path[0] not in PARTS:
        return f"id_{path[-1]}"
    if len(path) == 1:
        return f"{path[0]}-group"
    place = sorted(content[path[0]], key=int).index(path[1])
    return f"id_{path[0]}-{place}-{path[-1]}"


def _verbose_name(name: str) -> str:
    translations = Pilot._parler_meta.root_model
    model = translations if name in translations.get_translated_fields() else Pilot
    return str(model._meta.get_field(name).verbose_name)
