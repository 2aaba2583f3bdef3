"""Gives columns their default where 0027 and 0028 ran in their first form, without one.

A release that does not know the columns writes rows beside one that does, as long as an upgrade lasts. The first form
of the constraint also refused what an account named “same_meaning” had checked.
"""

from copy import copy

from django.db import migrations
from django.db.models import NOT_PROVIDED

COLUMNS = ("provenance", "translation_counts")
DEFAULT = {
    "sqlite": "SELECT dflt_value FROM pragma_table_info(%s) WHERE name = %s",
    "postgresql": "SELECT column_default FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = %s AND column_name = %s",
}


def fill_in(apps, schema_editor):
    """Rebuild nothing in a database that has the defaults."""
    for model in apps.get_app_config("pilots").get_models():
        for name in COLUMNS:
            field = next((field for field in model._meta.local_fields if field.name == name), None)
            if field and not has_default(schema_editor.connection, model, field):
                mend(schema_editor, model, field)


def has_default(connection, model, field):
    with connection.cursor() as cursor:
        cursor.execute(DEFAULT[connection.vendor], [model._meta.db_table, field.column])
        return cursor.fetchone() != (None,)


def mend(schema_editor, model, field):
    before = copy(field)
    before.db_default = NOT_PROVIDED
    constraints = [one for one in model._meta.constraints if one.name.endswith("_provenance_fits_its_language")]
    for constraint in constraints:
        schema_editor.remove_constraint(model, constraint)
    schema_editor.alter_field(model, before, field)
    for constraint in constraints:
        schema_editor.add_constraint(model, constraint)


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0031_index_words_by_language_of_page"),
    ]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
