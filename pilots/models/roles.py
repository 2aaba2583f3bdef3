"""The roles of people: groups with the rights named here, kept as named here by every `migrate`."""

from typing import Any

from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import get_language_info

PARTS = ("lesson", "keyfigure", "organisationinvolved", "passage")
REFERENCES = (
    *("authority", "partner", "source", "activitytype", "audience", "targetgroup", "stage", "glossaryterm"),
    *("sourcetext", "synonymset", "furtherreading", "statement"),
)


def _rights(actions: str, *models: str, app: str = "pilots") -> frozenset[str]:
    return frozenset(f"{app}.{action}_{model}" for action in actions.split() for model in models)


def right_to_translate(language: str) -> str:
    """The right to write texts in this language, and nothing else."""
    return f"pilots.translate_{language}"


def translator_of(language: str) -> str:
    """The role of those who have that right: “translator (French)”."""
    return f"translator ({get_language_info(language)['name']})"


# What entries are translated into.
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
READER = _rights("view", "pilot", *PARTS, *REFERENCES)
TRANSLATORS = {translator_of(language): READER | {right_to_translate(language)} for language in LANGUAGES}
# Each of these can do what the one before it can.
CONTRIBUTOR = READER | _rights("add change", "pilot") | _rights("add change delete", *PARTS)
REVIEWER = CONTRIBUTOR | _rights("publish delete", "pilot")
ADMINISTRATOR = (
    REVIEWER
    | _rights("add change delete", *REFERENCES)
    | _rights("view delete", "formerslug")
    | _rights("view", "securityevent")
    | _rights("view add change", "user", app="auth")
    | {right_to_translate(language) for language in LANGUAGES}
)
ROLES = {"contributor": CONTRIBUTOR, "reviewer": REVIEWER, "administrator": ADMINISTRATOR, **TRANSLATORS}


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
    _make_rights_to_translate(apps, using)
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission").objects.using(using).select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.set([permissions[right] for right in rights if right in permissions])


def _make_rights_to_translate(apps: Any, using: str) -> None:
    """Make the right for each language of the settings; models cannot declare them without a migration a language."""
    types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    pilot, _ = types.get_or_create(app_label="pilots", model="pilot")
    for language in LANGUAGES:
        name = f"Can translate into {get_language_info(language)['name']}"
        codename = right_to_translate(language).partition(".")[2]
        apps.get_model("auth", "Permission").objects.using(using).get_or_create(
            content_type_id=pilot.pk, codename=codename, defaults={"name": name}
        )
