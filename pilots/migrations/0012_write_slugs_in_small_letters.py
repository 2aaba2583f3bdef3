from collections import defaultdict

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Lower

SLUGGED = (
    "authority",
    "partner",
    "activitytype",
    "audience",
    "targetgroup",
    "stage",
    "source",
    "glossaryterm",
    "pilot",
)
# What a pointer to the source calls the vocabularies and bodies whose slugs it names.
NAMED_IN_PASSAGES = {
    "authority": ("authority",),
    "partner": ("partners",),
    "activitytype": ("activity_types",),
    "audience": ("audiences",),
    "targetgroup": ("target_groups",),
    "stage": ("stages",),
}


class SlugsCollide(Exception):
    """Two rows differ in capitals only: somebody has to decide which is which."""


def write_in_small_letters(apps, schema_editor):
    """Mend the slugs, those of pointers and former ones included. Stops before the first change if two collide."""
    alias = schema_editor.connection.alias
    former = apps.get_model("pilots", "FormerSlug").objects.using(alias)
    collisions = [*_collisions(apps, alias), *_former_collisions(former)]
    if collisions:
        raise SlugsCollide(
            "Slugs are in small letters from now on, and these differ in capitals only: "
            + "; ".join(collisions)
            + ". Nothing was changed. Give one of each another slug (or delete one of two former slugs), and migrate again."
        )
    passages = apps.get_model("pilots", "Passage").objects.using(alias)
    for name in SLUGGED:
        for row in _with_capitals(apps.get_model("pilots", name).objects.using(alias)):
            pointers = passages.filter(about__in=NAMED_IN_PASSAGES.get(name, ()))
            there = pointers.filter(value=row.slug.lower()).values("pilot", "about")
            for pointer in pointers.filter(value=row.slug):
                if {"pilot": pointer.pilot_id, "about": pointer.about} not in list(there):
                    passages.filter(pk=pointer.pk).update(value=row.slug.lower())
            type(row).objects.using(alias).filter(pk=row.pk).update(slug=row.slug.lower())
    for row in _with_capitals(former):
        same = former.filter(model=row.model, slug=row.slug.lower()).exists()
        present = apps.get_model("pilots", row.model).objects.using(alias).filter(slug=row.slug.lower()).exists()
        if same or present:  # it leads there anyway
            former.filter(pk=row.pk).delete()
        else:
            former.filter(pk=row.pk).update(slug=row.slug.lower())


def _with_capitals(rows):
    return list(rows.exclude(slug=Lower(F("slug"))))


def _collisions(apps, alias):
    for name in SLUGGED:
        model = apps.get_model("pilots", name)
        groups = defaultdict(list)
        for slug in model.objects.using(alias).order_by("slug").values_list("slug", flat=True):
            groups[slug.lower()].append(slug)
        for slugs in groups.values():
            if len(slugs) > 1:
                yield f"{model._meta.verbose_name} {' and '.join(slugs)}"


def _former_collisions(former):
    groups = defaultdict(list)
    for row in former.order_by("slug"):
        groups[row.model, row.slug.lower()].append(row)
    for (model, _slug), rows in groups.items():
        if len({row.object_id for row in rows}) > 1:
            yield f"former slug of a {model}: {' and '.join(row.slug for row in rows)}"


class Migration(migrations.Migration):

    dependencies = [('pilots', '0011_limit_text_lengths')]

    operations = [migrations.RunPython(write_in_small_letters, migrations.RunPython.noop)]
