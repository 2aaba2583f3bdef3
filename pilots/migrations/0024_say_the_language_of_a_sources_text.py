import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.text_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0023_add_websites_and_public_contacts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sourcetext',
            name='sourcetext_texts_are_not_too_long',
        ),
        migrations.AddField(
            model_name='sourcetext',
            name='original_language',
            field=pilots.models.text_fields.LineField(blank=True, help_text='A screen reader then reads its sentences in that language.', max_length=15, verbose_name='language of the text'),
        ),
        migrations.AddConstraint(
            model_name='sourcetext',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 200000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15)), name='sourcetext_texts_are_not_too_long'),
        ),
    ]
