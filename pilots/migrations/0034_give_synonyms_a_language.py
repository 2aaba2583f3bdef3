from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0033_name_forms_and_languages"),
    ]

    operations = [
        migrations.AddField(
            model_name="synonymset",
            name="language",
            field=models.CharField(
                choices=[("en", "English"), ("fr", "French"), ("es", "Spanish"), ("nl", "Dutch"), ("sv", "Swedish")],
                db_default="en",
                default="en",
                help_text="Pages in this language use the set; an English one is used on all pages.",
                max_length=15,
                verbose_name="language",
            ),
        ),
    ]
