from django.db import migrations

EVERYTHING = -1


def index_anew(apps, schema_editor):
    """Documents hold other spellings and stems now: have the words of every pilot made anew."""
    apps.get_model("pilots", "ContentQueue").objects.using(schema_editor.connection.alias).create(pilot=EVERYTHING)


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0013_slugs_are_in_small_letters"),
    ]

    operations = [
        migrations.RunPython(index_anew, index_anew),
    ]
