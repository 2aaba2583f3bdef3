"""Give names to what pages of accounts name: no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pilots", "0032_have_the_database_fill_in_provenance")]

    operations = [
        migrations.AlterModelOptions(
            name="accountlanguage",
            options={"verbose_name": "Language of e-mails", "verbose_name_plural": "Language of e-mails"},
        ),
        migrations.AlterModelOptions(
            name="presence", options={"verbose_name": "open form", "verbose_name_plural": "open forms"}
        ),
        migrations.AlterModelOptions(
            name="unsavedform", options={"verbose_name": "unsaved form", "verbose_name_plural": "unsaved forms"}
        ),
        migrations.AlterField(
            model_name="formerslug", name="slug", field=models.SlugField(max_length=80, verbose_name="slug")
        ),
    ]
