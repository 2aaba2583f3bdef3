from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0019_add_implementation_profile"),
    ]

    operations = [
        # Constraints do not follow a renamed field in the state of migrations.
        migrations.RemoveConstraint("revision", "revision_counts_the_edits_of_its_row"),
        migrations.RemoveConstraint("revision", "version_number_is_unique_in_its_entry"),
        migrations.RenameField("pilot", "edit", "edit_count"),
        migrations.RenameField("revision", "edit", "edit_count"),
        # The column stays as it is: see the model.
        migrations.AlterField(
            "revision", "entry", models.BigIntegerField(db_column="entry", db_index=True, verbose_name="entry")
        ),
        migrations.RenameField("revision", "entry", "entry_id"),
        migrations.AlterField(
            "revision", "edit_count", models.PositiveIntegerField(verbose_name="number of changes")
        ),
        migrations.AddConstraint(
            "revision",
            models.UniqueConstraint(fields=("row", "edit_count"), name="revision_counts_the_edits_of_its_row"),
        ),
        migrations.AddConstraint(
            "revision",
            models.UniqueConstraint(
                condition=models.Q(("version__isnull", False)),
                fields=("entry_id", "version"),
                name="version_number_is_unique_in_its_entry",
            ),
        ),
    ]
