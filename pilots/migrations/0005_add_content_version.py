from django.db import migrations, models

from pilots.models.triggers import drop_triggers


def queue_everything(apps, schema_editor):
    """Have what is there taken in. The triggers follow at the end of `migrate`: see make_triggers."""
    queue = apps.get_model("pilots", "ContentQueue").objects.using(schema_editor.connection.alias)
    queue.create(pilot=-1)


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0004_add_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentQueue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pilot', models.BigIntegerField(db_index=True, verbose_name='pilot')),
            ],
            options={
                'verbose_name': 'change of the content',
                'verbose_name_plural': 'changes of the content',
            },
        ),
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(verbose_name='number')),
            ],
            options={
                'verbose_name': 'version of the content',
                'verbose_name_plural': 'versions of the content',
            },
        ),
        migrations.CreateModel(
            name='ContentChange',
            fields=[
                ('pilot', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='pilot')),
                ('number', models.BigIntegerField(db_index=True, verbose_name='number')),
                ('public', models.BooleanField(verbose_name='public')),
                ('indexed', models.BooleanField(default=False, verbose_name='words are indexed')),
            ],
            options={
                'verbose_name': 'last change of a pilot',
                'verbose_name_plural': 'last changes of pilots',
                'indexes': [models.Index(condition=models.Q(('indexed', False)), fields=['pilot'], name='changes_to_index')],
            },
        ),
        migrations.RunPython(queue_everything, drop_triggers),
    ]
