"""Slugs that differ in capitals only. Two migrations ask: one before anything is changed, one where it matters."""

from collections import defaultdict

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


def collisions(apps, alias):
    """Yield a sentence for each group of slugs that would be one slug in small letters."""
    for name in SLUGGED:
        model = apps.get_model("pilots", name)
        for slugs in _same_in_small_letters(model.objects.using(alias).order_by("slug").values_list("slug", "slug")):
            yield f"{model._meta.verbose_name} {' and '.join(slugs)}: they differ in capitals only. Give one another slug"
    rows = apps.get_model("pilots", "FormerSlug").objects.using(alias).order_by("slug")
    for model in sorted({row.model for row in rows}):
        own = [(row.slug, row.object_id) for row in rows if row.model == model]
        for slugs in _same_in_small_letters(own):
            yield f"former slug of a {model} {' and '.join(slugs)}: they differ in capitals only. Delete one"


def _same_in_small_letters(pairs):
    """Yield the slugs of each group that stands for more than one row; `pairs` are slugs and their rows."""
    groups = defaultdict(dict)
    for slug, row in pairs:
        groups[slug.lower()][slug] = row
    for group in groups.values():
        if len(set(group.values())) > 1:
            yield list(group)
