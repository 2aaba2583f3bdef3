import django.db.models.functions.text
import django.db.models.lookups
import pilots.models.text_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0022_add_further_reading_and_statements'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='authority',
            name='authority_texts_are_not_too_long',
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='partner_texts_are_not_too_long',
        ),
        migrations.AddField(
            model_name='authority',
            name='public_contact',
            field=pilots.models.text_fields.MailboxField(blank=True, help_text='The mailbox of an office or a role, such as prevention@town.example: visitors see it and send it their questions. Never the address of a person.', max_length=254, verbose_name='public contact'),
        ),
        migrations.AddField(
            model_name='authority',
            name='website',
            field=pilots.models.text_fields.AddressField(blank=True, max_length=500, verbose_name='website'),
        ),
        migrations.AddField(
            model_name='partner',
            name='public_contact',
            field=pilots.models.text_fields.MailboxField(blank=True, help_text='The mailbox of an office or a role, such as prevention@town.example: visitors see it and send it their questions. Never the address of a person.', max_length=254, verbose_name='public contact'),
        ),
        migrations.AddField(
            model_name='partner',
            name='website',
            field=pilots.models.text_fields.AddressField(blank=True, max_length=500, verbose_name='website'),
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=models.CheckConstraint(condition=models.Q(('website', ''), ('website__startswith', 'https://'), ('website__startswith', 'http://'), _connector='OR'), name='authority_website_is_a_web_address', violation_error_message='The address must begin with https:// or http://.'),
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('other_names'), 1000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('website'), 500), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('public_contact'), 254)), name='authority_texts_are_not_too_long'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('website', ''), ('website__startswith', 'https://'), ('website__startswith', 'http://'), _connector='OR'), name='partner_website_is_a_web_address', violation_error_message='The address must begin with https:// or http://.'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=pilots.models.text_fields.LengthLimit(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('slug'), 80), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_name'), 200), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('original_language'), 15), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('other_names'), 1000), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('website'), 500), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('public_contact'), 254)), name='partner_texts_are_not_too_long'),
        ),
    ]
