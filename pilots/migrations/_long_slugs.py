"""Slugs longer than their fields allow. Two migrations ask: one before anything is changed, one where it matters."""

from django.db import models
from django.db.models.functions import Length


def long_slugs(apps, alias):
    """Yield words on each slug that SQLite let pass."""
    for model in apps.get_app_config("pilots").get_models():
        for field in (field for field in model._meta.local_fields if isinstance(field, models.SlugField)):
            rows = model._base_manager.using(alias).annotate(length=Length(field.name)).order_by("pk")
            for pk, slug in rows.filter(length__gt=field.max_length).values_list("pk", field.name):
                size = f"{len(slug)} characters, {field.max_length} at most"
                yield f"{model._meta.verbose_name} {pk}, {slug[:40]}… ({size})"
