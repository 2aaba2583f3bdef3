"""Accounts and groups: Django's own pages, with only the listed look-ups in their addresses."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from pilots.admin.lookups import ListedLookups

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(ListedLookups, UserAdmin):
    """People who may log in."""


@admin.register(Group)
class AccountGroupAdmin(ListedLookups, GroupAdmin):
    """What groups of people may do."""
