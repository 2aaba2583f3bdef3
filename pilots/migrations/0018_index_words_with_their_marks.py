from django.db import migrations

EVERYTHING = -1


def index_anew(apps, schema_editor):
    """Words of Arabic, Hindi or Thai are whole in documents now: have the words of every pilot made anew."""
    apps.get_model("pilots", "ContentQueue").objects.using(schema_editor.connection.alias).create(pilot=EVERYTHING)


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0017_limit_slug_lengths"),
    ]

    operations = [
        migrations.RunPython(index_anew, index_anew),
    ]
