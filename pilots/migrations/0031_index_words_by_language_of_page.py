from django.db import migrations

EVERYTHING = -1


def index_anew(apps, schema_editor):
    """Words of a text that only pages in some languages show are marked now: have those of every pilot made anew."""
    apps.get_model("pilots", "ContentQueue").objects.using(schema_editor.connection.alias).create(pilot=EVERYTHING)


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0030_name_checks_of_translations"),
    ]

    operations = [
        migrations.RunPython(index_anew, index_anew),
    ]
