from django.core.management.base import CommandError
from django.db import migrations
from django.db.models import F
from django.db.models.functions import Lower
from pilots.migrations._capitals import SLUGGED, collisions

# What a pointer to the source calls the vocabularies and bodies whose slugs it names.
NAMED_IN_PASSAGES = {
    "authority": ("authority",),
    "partner": ("partners",),
    "activitytype": ("activity_types",),
    "audience": ("audiences",),
    "targetgroup": ("target_groups",),
    "stage": ("stages",),
}
MANY = ("partners", "activity_types", "audiences", "target_groups", "stages")


def write_in_small_letters(apps, schema_editor):
    """Mend the slugs, those of pointers, former ones and the history included. Stops before the first change if two collide."""
    alias = schema_editor.connection.alias
    found = list(collisions(apps, alias))
    if found:
        raise CommandError("Nothing was changed. Correct these, then migrate again:\n" + "\n".join(found))
    passages = apps.get_model("pilots", "Passage").objects.using(alias)
    for name in SLUGGED:
        for row in _with_capitals(apps.get_model("pilots", name).objects.using(alias)):
            pointers = passages.filter(about__in=NAMED_IN_PASSAGES.get(name, ()))
            there = pointers.filter(value=row.slug.lower()).values("pilot", "about")
            for pointer in pointers.filter(value=row.slug):
                if {"pilot": pointer.pilot_id, "about": pointer.about} not in list(there):
                    passages.filter(pk=pointer.pk).update(value=row.slug.lower())
            type(row).objects.using(alias).filter(pk=row.pk).update(slug=row.slug.lower())
    former = apps.get_model("pilots", "FormerSlug").objects.using(alias)
    for row in _with_capitals(former):
        same = former.filter(model=row.model, slug=row.slug.lower()).exists()
        present = apps.get_model("pilots", row.model).objects.using(alias).filter(slug=row.slug.lower()).exists()
        if same or present:  # it leads there anyway
            former.filter(pk=row.pk).delete()
        else:
            former.filter(pk=row.pk).update(slug=row.slug.lower())
    _history_in_small_letters(apps.get_model("pilots", "Revision").objects.using(alias))


def _with_capitals(rows):
    return list(rows.exclude(slug=Lower(F("slug"))))


def _history_in_small_letters(revisions):
    """Have the history name rows as they are named now, so that comparing with it shows what people changed."""
    for row in revisions.order_by("pk").only("content").iterator():
        content = in_small_letters(row.content)
        if content != row.content:
            revisions.filter(pk=row.pk).update(content=content)


def in_small_letters(content):
    """Return what a revision keeps with every slug in it in small letters, those of pointers included."""
    one = {name: content[name].lower() for name in ("slug", "authority", "source") if name in content}
    many = {name: sorted(slug.lower() for slug in content[name]) for name in MANY if name in content}
    involved = {
        number: part | {"partner": (part.get("partner") or "").lower()}
        for number, part in content.get("organisations_involved", {}).items()
    }
    passages = {key.lower(): said for key, said in content.get("passages", {}).items()}
    given = {"organisations_involved": involved, "passages": passages}
    return content | one | many | {name: value for name, value in given.items() if name in content}


class Migration(migrations.Migration):

    dependencies = [('pilots', '0011_limit_text_lengths')]

    operations = [migrations.RunPython(write_in_small_letters, migrations.RunPython.noop)]
