"""What rows may name: every slug with the name it stands for, and the slugs that were changed."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pilots.models import FormerSlug, Pilot
from pilots.models.content import MANY, ONE
from pilots.spreadsheets.cells import with_plain_hyphens
from pilots.spreadsheets.nearest import nearest

NAMES = {"source": "title"}
MOST_SUGGESTIONS = 100  # in one file: each is compared with every name there is


@dataclass
class KnownSlugs:
    """Slugs with their English names, by the field of a pilot that names them; and what former slugs lead to."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    former: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    left: int = MOST_SUGGESTIONS

    def find(self, field_name: str, said: str) -> str | None:
        """The slug that was meant: as it is, in capitals, by a former slug or by its name. Or None."""
        here, said = self.names[field_name], with_plain_signs(said)
        for slug in (said, said.lower()):
            if slug in here or slug in self.former[field_name]:
                return self.former[field_name].get(slug, slug) if slug not in here else slug
        named = self.slugs_by_name[field_name].get(said.lower(), [])
        return named[0] if len(named) == 1 else None

    @cached_property
    def slugs_by_name(self) -> dict[str, dict[str, list[str]]]:
        """The slugs that have a name, by field and name; made once, as a file may name 200,000 values."""
        found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in self.names}
        for field_name, names in self.names.items():
            for slug, name in names.items():
                found[field_name][with_plain_signs(name).lower()].append(slug)
        return found

    def nearest(self, field_name: str, said: str) -> str:
        """A sentence about what may have been meant, as long as not too many were asked for."""
        self.left -= 1
        return nearest(with_plain_signs(said).lower(), self.names[field_name]) if self.left >= 0 else ""


def with_plain_signs(said: str) -> str:
    """A name with plain spaces and hyphens: word processors put others in their place."""
    return " ".join(with_plain_hyphens(said).split())


def read_known_slugs() -> KnownSlugs:
    """All that pilots may be classified by. Eight queries."""
    found = KnownSlugs()
    keys: dict[str, dict[int, str]] = {}
    for name in (*ONE, *MANY):
        model = _model(name)
        rows = model.objects.order_by("slug").values_list(
            "pk", "slug", "translations__language_code", f"translations__{NAMES.get(name, 'name')}"
        )
        names: dict[str, str] = {}
        keys[model._meta.model_name] = {}
        for pk, slug, language, text in rows:
            keys[model._meta.model_name][pk] = slug
            if language == "en" or slug not in names:
                names[slug] = text or ""
        found.names[name] = names
    for former in FormerSlug.objects.filter(model__in=keys):
        now = keys[former.model].get(former.object_id)
        for name in found.names if now else ():
            if _model(name)._meta.model_name == former.model:
                found.former[name][former.slug] = str(now)
    return found


def _model(name: str) -> Any:
    return Pilot._meta.get_field(name).related_model
