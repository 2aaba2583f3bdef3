"""Who made each translated text, who checked it, what it rests on. Of the texts that are there nothing is known."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from pilots.models.provenance import ProvenanceField, RecordsFitLanguage

ROWS = (
    *("activitytype", "audience", "authority", "furtherreading", "glossaryterm", "keyfigure", "lesson"),
    *("organisationinvolved", "partner", "pilot", "source", "stage", "statement", "targetgroup"),
)


def has_key(key):
    return Q(Contains(Cast("provenance", models.TextField()), f'"{key}":'))


TRANSLATED = has_key("of") | has_key("by") | has_key("checked_at")
FITS = Q(language_code="en") & ~TRANSLATED | ~Q(language_code="en") & ~has_key("same_meaning")


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0026_order_public_pilots_by_index'),
    ]

    operations = [
        operation
        for row in ROWS
        for operation in (
            migrations.AddField(
                model_name=f'{row}translation',
                name='provenance',
                field=ProvenanceField(db_default={}, verbose_name='provenance'),
            ),
            migrations.AddConstraint(
                model_name=f'{row}translation',
                constraint=RecordsFitLanguage(
                    name=f'{row}translation_provenance_fits_its_language', condition=FITS
                ),
            ),
        )
    ]
