import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.text_fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0010_clean_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='acceptedwarning',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('reason'), 2000)), name='acceptedwarning_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='activitytypetranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 100), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('description'), 2000)), name='activitytypetranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='audiencetranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 100), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('description'), 2000)), name='audiencetranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='authoritytranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('place'), 100)), name='authoritytranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15)), name='glossaryterm_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='glossarytermtranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('term'), 100), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('meaning'), 2000)), name='glossarytermtranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='keyfigure',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('passage'), 60)), name='keyfigure_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='keyfiguretranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('label'), 200)), name='keyfiguretranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('passage'), 60)), name='lesson_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='lessontranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 2000)), name='lessontranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='organisationinvolved',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('passage'), 60)), name='organisationinvolved_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='organisationinvolvedtranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 200)), name='organisationinvolvedtranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_name'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15)), name='partner_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='partnertranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 100), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('full_name'), 200)), name='partnertranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('passage'), 60)), name='passage_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='pilottranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('title'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('summary'), 2000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('background'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('objectives'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('what_was_done'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('results'), 10000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('prospects'), 10000)), name='pilottranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('note'), 2000)), name='revision_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('publisher'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('url'), 500)), name='source_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='sourcetranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('title'), 300), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('terms_of_reuse'), 2000)), name='sourcetranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='stagetranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 100), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('description'), 2000)), name='stagetranslation_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='targetgrouptranslation',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('name'), 100), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('description'), 2000)), name='targetgrouptranslation_texts_are_not_too_long'),
        ),
    ]
