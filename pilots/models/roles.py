"""The roles of people: groups with the rights named here, kept as named here by every `migrate`."""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS

PARTS = ("lesson", "keyfigure", "organisationinvolved", "passage")
REFERENCES = (
    *("authority", "partner", "source", "activitytype", "audience", "targetgroup", "stage", "glossaryterm"),
    *("sourcetext", "synonymset", "furtherreading", "statement"),
)


def _rights(actions: str, *models: str, app: str = "pilots") -> frozenset[str]:
    return frozenset(f"{app}.{action}_{model}" for action in actions.split() for model in models)


# Each role can do what the one before it can.
CONTRIBUTOR = (
    _rights("view add change", "pilot") | _rights("view add change delete", *PARTS) | _rights("view", *REFERENCES)
)
REVIEWER = CONTRIBUTOR | _rights("publish delete", "pilot")
ADMINISTRATOR = (
    REVIEWER
    | _rights("add change delete", *REFERENCES)
    | _rights("view delete", "formerslug")
    | _rights("view add change", "user", app="auth")
)
ROLES = {"contributor": CONTRIBUTOR, "reviewer": REVIEWER, "administrator": ADMINISTRATOR}


def make_roles(
    sender: Any, *, apps: Any = installed, using: str = DEFAULT_DB_ALIAS, plan: Any = (), **signal: Any
) -> None:
    """Make the groups of the roles with their rights, or set them right. Ten queries or so; a second call changes none.

    Called after every `migrate`, because a permission only exists then, and a right that a role gains
    with a new version must reach the groups; and after `flush`, which empties the tables of accounts.
    Going back takes the roles away, so then nothing is made; nor before there are tables of accounts.
    """
    if any(backwards for _migration, backwards in plan) or not {"pilots", "auth"} <= apps.app_configs.keys():
        return
    for app in ("pilots", "auth"):
        create_permissions(installed.get_app_config(app), verbosity=0, using=using, apps=apps)
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission").objects.using(using).select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.set([permissions[right] for right in rights if right in permissions])
