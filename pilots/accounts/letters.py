"""E-mails that tell somebody what was done to their account, so that they notice when it was not them."""

from typing import Any

from pilots.mail import send_soon, write
from pilots.models.account_language import languages_of


def tell(account: Any, what: str) -> None:
    """Write to the account: a factor was "added" or "removed", new "codes" were made, somebody "lost" it. One query."""
    if account.email:
        context = {"person": account, "what": what}
        send_soon([write("second_factor", account.email, context, languages_of([account])[account.pk])])
