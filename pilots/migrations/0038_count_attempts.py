from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0037_add_second_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttemptCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "number of attempts",
                "verbose_name_plural": "numbers of attempts",
            },
        ),
    ]
