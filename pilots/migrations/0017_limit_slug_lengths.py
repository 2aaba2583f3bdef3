import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.text_fields
from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations, models
from pilots.migrations._long_slugs import long_slugs

MOST_NAMED = 50


def name_long_slugs(apps, schema_editor):
    """Stop before anything is changed if a slug is longer than its field allows, which SQLite let pass."""
    found = [*long_slugs(apps, schema_editor.connection.alias)]
    if found:
        raise CommandError(
            "Slugs have a limit in the database from now on, and these are longer: "
            + "; ".join(found[:MOST_NAMED])
            + (" …" if len(found) > MOST_NAMED else "")
            + ". Nothing was changed. Give each a shorter one (or delete it, if it is a former slug), and migrate again."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0016_add_other_names_and_synonyms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(name_long_slugs, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='authority',
            name='authority_texts_are_not_too_long',
        ),
        migrations.RemoveConstraint(
            model_name='glossaryterm',
            name='glossaryterm_texts_are_not_too_long',
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='partner_texts_are_not_too_long',
        ),
        migrations.RemoveConstraint(
            model_name='passage',
            name='passage_texts_are_not_too_long',
        ),
        migrations.RemoveConstraint(
            model_name='source',
            name='source_texts_are_not_too_long',
        ),
        migrations.RemoveConstraint(
            model_name='synonymset',
            name='synonymset_texts_are_not_too_long',
        ),
        migrations.AddConstraint(
            model_name='activitytype',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80)), name='activitytype_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='audience',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80)), name='audience_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('other_names'), 1000)), name='authority_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='formerslug',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80)), name='formerslug_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15)), name='glossaryterm_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_name'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('other_names'), 1000)), name='partner_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('value'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('passage'), 60)), name='passage_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80)), name='pilot_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('publisher'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('url'), 500)), name='source_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='stage',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80)), name='stage_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='synonymset',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('words'), 1000)), name='synonymset_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='targetgroup',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80)), name='targetgroup_texts_are_not_too_long'),
        ),
    ]
