import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0040_keep_a_security_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.UUIDField(unique=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('made_by', models.CharField(max_length=10)),
                ('total', models.PositiveIntegerField()),
                ('started_at', models.DateTimeField(null=True)),
                ('moved_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import under way',
                'verbose_name_plural': 'imports under way',
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('row', models.BigIntegerField(null=True)),
                ('revises', models.BigIntegerField(null=True)),
                ('edit_count', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(blank=True, max_length=10)),
                ('content', models.JSONField(default=dict)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('refusal', models.TextField(blank=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='pilots.importrun')),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of imports',
                'constraints': [models.UniqueConstraint(fields=('run', 'place'), name='import_writes_each_place_once')],
            },
        ),
    ]
