from django.db import migrations

NAMES = ("contributor", "reviewer", "administrator")


def add_roles(apps, schema_editor):
    """Make the groups. Their rights follow at the end of `migrate`, as soon as permissions exist: see make_roles."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in NAMES:
        groups.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=NAMES).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0003_add_history_and_working_copies'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(add_roles, remove_roles)]
