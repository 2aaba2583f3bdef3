"""Forms of accounts: one that changes, one that invites. Names and addresses differ in more than capital letters."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _

from pilots.admin.accounts.language import language_field
from pilots.models.account_language import languages_of


class PersonForm(forms.ModelForm):
    """What every form about an account asks and checks."""

    asker: Any = None
    email_language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["email_language"] = languages_of([self.instance])[self.instance.pk]

    def full_clean(self) -> None:
        """Check one account at a time: of two that get one address at once, the second sees the first."""
        if self.is_bound:
            list(Group.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        super().full_clean()

    def clean_username(self) -> str:
        """The user name. Refused: one that differs from another in small and capital letters only."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("“%(name)s” is taken. Choose another user name.") % {"name": name})
        return name

    def clean_email(self) -> str:
        """The address. Refused: one that leads to another account, since a new password is sent there."""
        email: str = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has the address “%(email)s”.") % {"email": email})
        return email

    def clean_is_active(self) -> bool:
        """Whether the account is open. Refused: to close one's own."""
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and self.instance == self.asker:
            raise forms.ValidationError(_("This is your own account. Ask somebody else to close it."))
        return is_active

    def clean_groups(self) -> list[Group]:
        """The chosen roles, and other groups of the account that the form does not offer."""
        offered = self.fields["groups"].queryset  # type: ignore[attr-defined]
        others = self.instance.groups.exclude(pk__in=offered) if self.instance.pk else []
        return [*self.cleaned_data["groups"], *others]


class AccountForm(PersonForm, UserChangeForm):
    """Changes an account."""


class InvitationForm(PersonForm):
    """Asks who is invited. There is no password yet: the person chooses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "groups"):
            self.fields[name].required = True

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's)
        """Make the account: it may open the admin, and has no password."""
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)
