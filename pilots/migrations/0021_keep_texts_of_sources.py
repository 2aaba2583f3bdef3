import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.text_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0020_name_edit_count_and_entry_id'),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', pilots.models.text_fields.ProseField(help_text='One paragraph or heading a line, as pointers count them. Lines that are empty do not count.', max_length=200000, verbose_name='text')),
                ('may_be_shown', models.BooleanField(default=False, help_text='Only where the terms of the source allow it. Otherwise nobody but editors reads a word of it.', verbose_name='may be shown to visitors')),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='full_text', to='pilots.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'text of a source',
                'verbose_name_plural': 'text of the source',
                'ordering': ('source',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='source_text_is_not_empty'), pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 200000)), name='sourcetext_texts_are_not_too_long')],
            },
        ),
    ]
