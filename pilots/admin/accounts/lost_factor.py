"""Somebody lost app, passkeys and recovery codes: one administrator asks, another one agrees, and they choose anew."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from pilots.accounts import second_factor, sessions
from pilots.accounts.letters import tell
from pilots.admin.accounts.permissions import may_manage
from pilots.models import FactorRemovalRequest
from pilots.security_log import Event, record

# So nobody makes a second account for themselves and agrees with it the same day.
SETTLED = timedelta(days=7)


class LostFactor(View):
    """Asks one administrator, then another."""

    account: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the account. Raises PermissionDenied unless the visitor may manage it, and it is not their own."""
        super().setup(request, *args, **kwargs)
        account = User.objects.filter(pk=kwargs["pk"]).first()
        if account is None:
            raise Http404
        if not may_ask(request.user, account):
            raise PermissionDenied
        self.account = account

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = FactorRemovalRequest.objects.open().filter(account=pk).select_related("asked_by").first()
        is_mine = bool(asked and asked.asked_by_id == request.user.pk)
        context = {
            **admin.site.each_context(request),
            "title": _("Lost second factor"),
            "account": self.account,
            "asked": asked if asked and (is_mine or can_be_agreed(asked, request.user)) else None,
            "is_mine": is_mine,
            "is_settled": is_settled(request.user),
            "has_one": second_factor.has_one(self.account),
        }
        return TemplateResponse(request, "admin/accounts/lost_factor.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that this administrator asks; or remove the factor, if another one asked in the last day."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=pk)
            asked = FactorRemovalRequest.objects.open().filter(account=pk).select_related("asked_by").first()
            if "agree" in request.POST and asked and can_be_agreed(asked, request.user):
                self.remove(request, asked)
            elif "ask" in request.POST and is_settled(request.user):
                said = {"asked_by": request.user, "asked_at": timezone.now()}
                FactorRemovalRequest.objects.update_or_create(account=self.account, defaults=said)
                record(Event.FACTOR_LOST, by=request.user, account=self.account)
                transaction.on_commit(lambda: tell(self.account, "asked"))
                messages.success(request, _("You asked. Another administrator has a day to agree, on this page."))
            else:
                messages.error(request, _("Nothing was removed: somebody else has to ask first, within a day."))
        return HttpResponseRedirect(reverse("admin:lost-factor", args=[pk]))

    def remove(self, request: HttpRequest, asked: FactorRemovalRequest) -> None:
        """Remove all factors, log the account out, tell it, and write down who agreed with whom."""
        second_factor.remove_all(self.account)
        record(Event.FACTOR_REMOVED, by=request.user, account=self.account, kind="all", how="administrators")
        sessions.end(self.account, by=request.user)
        LogEntry.objects.log_actions(
            user_id=request.user.pk or 0,
            queryset=[self.account],
            action_flag=CHANGE,
            change_message=f"second factor removed; asked by account {asked.asked_by_id}",
            single_object=True,
        )
        transaction.on_commit(lambda: tell(self.account, "lost"))
        messages.success(request, _("The second factor is removed. It is chosen anew at the next login."))


def may_ask(asker: Any, account: User) -> bool:
    """Whether `asker` may say that the account lost its factor: who manages it, never its owner. Four queries."""
    return bool(asker.has_perm("auth.change_user") and asker.pk != account.pk and may_manage(asker, account))


def is_settled(account: Any) -> bool:
    return bool(account.date_joined <= timezone.now() - SETTLED)


def can_be_agreed(asked: FactorRemovalRequest, by: Any) -> bool:
    """Whether `by` is another administrator than the one who asked, who still may ask, both for a week already."""
    asker = asked.asked_by
    if asker is None or asker.pk == by.pk or not asker.is_active:
        return False
    return is_settled(asker) and is_settled(by) and may_ask(asker, asked.account)
