"""Pilots and terms that somebody has translated, so that search engines may show their pages in each language."""

from pilots.models import GlossaryTerm, Pilot
from pilots.models.provenance import ORIGINAL
from prepare_portal.languages import LANGUAGES

CHECKED = {"by": "person", "checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00"}


def translate_titles() -> None:
    """Give each pilot and each term a checked title in each language in which it has no text."""
    for model, name in ((Pilot, "title"), (GlossaryTerm, "term")):
        texts = model._parler_meta.root_model
        for language in set(LANGUAGES) - {ORIGINAL}:
            missing = model.objects.exclude(translations__language_code=language)
            known = {"language_code": language, name: language, "provenance": {name: CHECKED}}
            texts.objects.bulk_create(texts(master=row, **known) for row in missing)
