"""The moment at which visitors last saw a pilot change, taken from its version and from the history."""

import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest


def note_moments(apps, schema_editor):
    """Public pilots changed with their version or a later revision, hidden ones when they left."""
    pilots, revisions = (
        apps.get_model("pilots", name).objects.using(schema_editor.connection.alias) for name in ("Pilot", "Revision")
    )
    own = revisions.filter(row=OuterRef("pk")).order_by("-pk")
    since = Coalesce("version_at", "published_at", "updated_at")
    latest = Coalesce(Subquery(own.filter(status="published").values("at")[:1]), since)
    pilots.filter(status="published").update(public_change_at=Greatest(since, latest))

    public = revisions.filter(Q(status="published") | Q(version__isnull=False), row=OuterRef("row")).order_by("-pk")
    after_public = own.filter(pk__gt=Coalesce(Subquery(public.values("pk")[:1]), 0)).order_by("pk")
    left = Coalesce(Subquery(after_public.values("at")[:1]), F("updated_at"))
    pilots.exclude(status="published").update(public_change_at=left)


class Migration(migrations.Migration):

    dependencies = [
        ('pilots', '0024_say_the_language_of_a_sources_text'),
    ]

    operations = [
        migrations.AddField(
            model_name='pilot',
            name='public_change_at',
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, help_text='When visitors last found it new, changed, at another address, back or gone.', verbose_name='changed for the public at'),
        ),
        migrations.AddIndex(
            model_name='pilot',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('version_at', 'published_at'), descending=True), 'id', name='pilot_by_newest_version'),
        ),
        migrations.RunPython(note_moments, migrations.RunPython.noop),
    ]
