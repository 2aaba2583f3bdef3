from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pilots", "0027_keep_provenance_of_texts")]

    operations = [
        migrations.AddField(
            "pilot",
            "translation_counts",
            models.JSONField(default=dict, db_default={}, editable=False, verbose_name="translations"),
        ),
    ]
