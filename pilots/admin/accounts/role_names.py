"""What roles and rights are called: stored in English, and shown in the language of who reads."""

from django.contrib.auth.models import Group, Permission
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilots.content_checks.fields import name_of_language
from pilots.models.roles import LANGUAGES, right_to_translate, translator_of
from prepare_portal.phrases import labelled


def name_of_role(group: Group) -> str:
    """The name of a role; of any other group the one it is stored under."""
    translator = _("translator (%(language)s)")
    names = {
        "contributor": pgettext("role", "contributor"),
        "reviewer": pgettext("role", "reviewer"),
        "administrator": pgettext("role", "administrator"),
        **{translator_of(code): translator % {"language": name_of_language(code)} for code in LANGUAGES},
    }
    return names.get(group.name, group.name)


def name_of_right(permission: Permission) -> str:
    """What a permission allows: “Pilot: Delete”."""
    kind, name = permission.content_type, permission.codename
    acts = {"view": _("View"), "add": _("Add"), "change": _("Change"), "delete": _("Delete")}
    if act := acts.get(name.removesuffix(f"_{kind.model}")):
        return labelled(capfirst(kind.name), act)
    translate = _("Translate: %(language)s")
    own = {
        "pilots.publish_pilot": _("Can publish, withdraw and archive pilots"),
        **{right_to_translate(code): translate % {"language": name_of_language(code)} for code in LANGUAGES},
    }
    return own.get(f"{kind.app_label}.{name}", permission.name)


# Django shows both in lists, filters, forms, titles and histories by what they are stored as.
Group.add_to_class("__str__", name_of_role)
Permission.add_to_class("__str__", name_of_right)
