"""E-mails that tell somebody what was done to their account, so that they notice when it was not them."""

from typing import Any

from pilots.mail import send_soon, write
from pilots.models.account_language import languages_of


def tell(account: Any, what: str) -> None:
    """Write to the account: a factor was "added" or "removed", new "codes" were made, somebody "asked" to
    have a lost one removed, it was removed as "lost". One query.
    """
    _send("second_factor", account, what, account.email)


def tell_of_change(account: Any, what: str, address: str | None = None) -> None:
    """Write that the "password" is another one, or the name or the address ("identity"). One query.

    `address` is that of before: whoever took an account over would have the letter sent to themselves.
    """
    _send("account_changed", account, what, account.email if address is None else address)


def _send(template: str, account: Any, what: str, address: str) -> None:
    if address:
        send_soon([write(template, address, {"person": account, "what": what}, languages_of([account])[account.pk])])
