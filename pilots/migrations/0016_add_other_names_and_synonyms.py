import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.other_names
import pilots.models.synonyms
import pilots.models.text_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0015_name_working_methods_beside_lessons'),
    ]

    operations = [
        migrations.CreateModel(
            name='SynonymSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='key')),
                ('words', pilots.models.text_fields.ProseField(help_text='One word or phrase a line. Only what means the same in this field: “parole” and “conditional release”, but not “probation”.', max_length=1000, validators=[pilots.models.synonyms.check_words], verbose_name='words')),
            ],
            options={
                'verbose_name': 'set of synonyms',
                'verbose_name_plural': 'synonyms',
                'ordering': ('slug',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='partner_texts_are_not_too_long',
        ),
        migrations.AddField(
            model_name='authority',
            name='other_names',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What it is called in other languages, one name a line, each with its language: “fr: La Haye”. Names only. The search finds its pilots by them, and shows them nowhere else.', max_length=1000, validators=[pilots.models.other_names.check_other_names], verbose_name='other names'),
        ),
        migrations.AddField(
            model_name='partner',
            name='other_names',
            field=pilots.models.text_fields.ProseField(blank=True, help_text='What it is called in other languages, one name a line, each with its language: “fr: La Haye”. Names only. The search finds its pilots by them, and shows them nowhere else.', max_length=1000, validators=[pilots.models.other_names.check_other_names], verbose_name='other names'),
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('other_names'), 1000)), name='authority_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_name'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('other_names'), 1000)), name='partner_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='synonymset',
            constraint=models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='synonym_set_has_a_slug'),
        ),
        migrations.AddConstraint(
            model_name='synonymset',
            constraint=models.CheckConstraint(condition=models.Q(('words__contains', '\n')), name='synonym_set_has_several_words'),
        ),
        migrations.AddConstraint(
            model_name='synonymset',
            constraint=models.CheckConstraint(condition=models.Q(('slug', django.db.models.functions.text.Lower('slug'))), name='synonym_set_slug_is_lower_case', violation_error_message='Write the slug in small letters.'),
        ),
        migrations.AddConstraint(
            model_name='synonymset',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('words'), 1000)), name='synonymset_texts_are_not_too_long'),
        ),
    ]
