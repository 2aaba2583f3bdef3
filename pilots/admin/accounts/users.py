"""Accounts: people are invited by e-mail, and nobody gives or gains more than they have."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilots.accounts import letters, sessions
from pilots.admin.accounts.forms import AccountForm, InvitationForm
from pilots.admin.accounts.passwords import invite
from pilots.admin.accounts.permissions import may_manage, roles_to_give
from pilots.admin.accounts.rights import record_change, record_group
from pilots.admin.accounts.role_names import name_of_role
from pilots.admin.pilot.lookups import ListedLookups
from pilots.admin.pilot.views.deletion import gone_along
from pilots.models.account_language import languages_of, set_language
from pilots.models.roles import ROLES
from pilots.security_log import Event, record
from pilots.templatetags.languages import NAMES

admin.site.unregister([User, Group])

# Fields that say what an account may do, or who gets its new password: a change logs it out.
RIGHTS = {"username", "email", "groups", "is_active", "is_staff", "is_superuser", "user_permissions"}
# What people log in with, or get a new password by: its owner is told, where they were reached before.
IDENTITY = {"username", "email"}


def log_out(request: HttpRequest, *accounts: User) -> None:
    """End the sessions of these accounts, but not the one that asks."""
    for account in accounts:
        here = request.session.session_key if account == request.user else None
        sessions.end(account, but=here, by=request.user)


@admin.register(User)
class AccountAdmin(ListedLookups, UserAdmin):
    """People who may log in."""

    add_form_template = "admin/change_form.html"
    form: Any = AccountForm
    add_form: Any = InvitationForm
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active", "last_login")
    list_filter = ("is_active", "groups", "is_superuser")
    actions = ("invite_again",)
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets: Any = (
        (
            None,
            {
                "fields": ("username", "first_name", "last_name", "email", "email_language", "groups"),
                "description": gettext_lazy("The person gets an e-mail with a link to choose a password."),
            },
        ),
    )
    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "email_language")}),
        (gettext_lazy("What this person may do"), {"fields": ("groups", "is_active")}),
        (gettext_lazy("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    more_for_superusers = (
        gettext_lazy("For superusers only"),
        {"fields": ("password", "is_staff", "is_superuser", "user_permissions"), "classes": ("collapse",)},
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The groups of fields: superusers alone may give more than roles."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.more_for_superusers] if obj and request.user.is_superuser else fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]
        """The form, which knows who asks."""
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"asker": request.user})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field, with the words that fit here."""
        if db_field.name == "username":
            kwargs["form_class"] = UsernameField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "groups":
            field.label = _("Roles")
            field.help_text = _(
                "A contributor writes; a reviewer also publishes; an administrator also manages words, "
                "organisations and accounts. A translator writes texts in one language and publishes nothing: tick one "
                "role for each language."
            )
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the roles that the asking account can give: none with a right it lacks itself."""
        if db_field.name == "groups":
            kwargs |= {"queryset": roles_to_give(request.user), "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the asking account may change this one: only if that has no right beyond its own."""
        return super().has_change_permission(request, obj) and (obj is None or may_manage(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the asking account may delete this one; the same holds."""
        return super().has_delete_permission(request, obj) and (obj is None or may_manage(request.user, obj))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The form of an account, with the way to remove a second factor that was lost."""
        is_own = object_id == str(request.user.pk)
        if not is_own and object_id.isascii() and object_id.isdigit():
            more = {"lost_factor": reverse("admin:lost-factor", args=[object_id])}
            extra_context = more | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, list[Any]]:
        """What a deletion would take along, in the words of editors."""
        _deleted, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        return *gone_along(list(objs)), lacking, protected

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Let superusers set a password. Others have a link sent, so that nobody knows another's password."""
        if not request.user.is_superuser:
            raise PermissionDenied
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            account = User.objects.get(pk=id)
            record(Event.PASSWORD_CHANGED, by=request.user, account=account, how="superuser")
            log_out(request, account)
            letters.tell_of_change(account, "password")
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Save roles and language; invite the person of a new account once it is saved."""
        super().save_related(request, form, formsets, change)
        record_change(request.user, form, is_new=not change)
        if change and RIGHTS & set(form.changed_data):
            log_out(request, form.instance)
        if change and IDENTITY & set(form.changed_data):
            before = form.initial["email"]
            transaction.on_commit(lambda: letters.tell_of_change(form.instance, "identity", before))
        set_language(form.instance, form.cleaned_data["email_language"])
        if not change:
            transaction.on_commit(lambda: self.invite_and_tell(request, [form.instance]))

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete an account; the security log keeps its name."""
        record(Event.ACCOUNT_DELETED, by=request.user, account=obj)
        super().delete_model(request, obj)

    @admin.action(description=gettext_lazy("Send the invitation again"), permissions=["change"])
    def invite_again(self, request: HttpRequest, accounts: QuerySet[User]) -> HttpResponse | None:
        """Ask, then invite the chosen people who have no password yet: an e-mail cannot be taken back."""
        if "sure" not in request.POST:
            return self.ask_to_invite(request, accounts)
        waiting = []
        for account in accounts:
            if not may_manage(request.user, account) or not account.is_active or not account.email:
                words = _("“%(account)s” is closed, has no e-mail address, or is not yours to invite.")
                self.message_user(request, words % {"account": account}, messages.ERROR)
            elif account.has_usable_password():
                words = _("“%(account)s” has a password. A forgotten one is replaced from the page to log in.")
                self.message_user(request, words % {"account": account}, messages.WARNING)
            else:
                waiting.append(account)
                record(Event.ACCOUNT_INVITED, by=request.user, account=account)
        self.invite_and_tell(request, waiting)
        return None

    def ask_to_invite(self, request: HttpRequest, accounts: QuerySet[User]) -> HttpResponse:
        """Show how many people would be written to, and who. One query."""
        people = list(accounts)
        words = ngettext("Send %(n)d person an invitation?", "Send %(n)d people an invitation?", len(people))
        context = {
            **self.admin_site.each_context(request),
            "title": words % {"n": len(people)},
            "opts": self.opts,
            "people": people,
        }
        return TemplateResponse(request, "admin/invite_again.html", context)

    def invite_and_tell(self, request: HttpRequest, accounts: list[User]) -> None:
        """Send the invitations, and say what came of it."""
        failed = [account for account in accounts if not invite(account)]
        for account in failed:
            words = _("The e-mail to “%(account)s” could not be sent. Check the address and try again from the list.")
            self.message_user(request, words % {"account": account}, messages.ERROR)
        count = len(accounts) - len(failed)
        if count:
            text = ngettext("%(n)d invitation is sent.", "%(n)d invitations are sent.", count)
            self.message_user(request, text % {"n": count}, messages.SUCCESS)

    @admin.display(description=gettext_lazy("Language of e-mails"))
    def email_language(self, account: User) -> str:
        """The language, for who may look at the account and not change it."""
        return NAMES[languages_of([account])[account.pk]]

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, account: User) -> str:
        return ", ".join(map(name_of_role, account.groups.all()))


@admin.register(Group)
class AccountGroupAdmin(ListedLookups, GroupAdmin):
    """What groups of people may do. The roles are the portal's own, and the same everywhere."""

    readonly_fields = ("role",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of a group; a role is called what it is in the page's language, not what it is stored as."""
        return ("role" if obj and obj.name in ROLES else "name", "permissions")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Save the rights; who has them, or had them, logs in again."""
        super().save_related(request, form, formsets, change)
        record_group(request.user, form.instance, form.initial.get("permissions", []), form.cleaned_data["permissions"])
        log_out(request, *form.instance.user_set.all())

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        """Delete a group; who was in it loses its rights, and logs in again."""
        record_group(request.user, obj, obj.permissions.all(), [])
        log_out(request, *obj.user_set.all())
        super().delete_model(request, obj)

    @admin.display(description=gettext_lazy("name"))
    def role(self, group: Group) -> str:
        return name_of_role(group)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the group may be changed: roles may not."""
        return super().has_change_permission(request, obj) and (obj is None or obj.name not in ROLES)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the group may be deleted: roles may not."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.name not in ROLES)
