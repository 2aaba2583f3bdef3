from django.db import migrations

EVERYTHING = -1


def index_anew(apps, schema_editor):
    """Ends of compounds and Swedish letters stand among the words now: have those of every pilot made anew."""
    apps.get_model("pilots", "ContentQueue").objects.using(schema_editor.connection.alias).create(pilot=EVERYTHING)


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0034_give_synonyms_a_language"),
    ]

    operations = [
        migrations.RunPython(index_anew, index_anew),
    ]
