"""Indexes that begin with the status, so that they are taken where only public pilots are asked for."""

import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0025_note_when_visitors_saw_a_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='pilot',
            name='pilot_by_newest_version',
        ),
        migrations.AlterField(
            model_name='pilot',
            name='public_change_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='When visitors last found it new, changed, at another address, back or gone.', verbose_name='changed for the public at'),
        ),
        migrations.AddIndex(
            model_name='pilot',
            index=models.Index(models.F('status'), models.OrderBy(django.db.models.functions.comparison.Coalesce('version_at', 'published_at'), descending=True), models.F('id'), name='pilot_by_newest_version'),
        ),
        migrations.AddIndex(
            model_name='pilot',
            index=models.Index(fields=['status', 'public_change_at'], name='pilot_by_public_change'),
        ),
    ]
