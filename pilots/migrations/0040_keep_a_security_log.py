from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import DO_NOTHING


class Migration(migrations.Migration):

    dependencies = [
        ("pilots", "0039_keep_sessions_of_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                ("event", models.CharField(max_length=40, verbose_name="what happened")),
                ("actor_name", models.CharField(blank=True, max_length=150, verbose_name="by")),
                ("account_name", models.CharField(blank=True, max_length=150, verbose_name="account")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "security event",
                "verbose_name_plural": "security events",
                "ordering": ("-at", "-pk"),
                "default_permissions": ("view",),
            },
        ),
    ]
