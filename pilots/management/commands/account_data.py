"""Hand out what the portal holds of one person who has an account, when that person asks for it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from pilots.management.accounts import get_account
from pilots.management.personal_data import data_of
from pilots.security_log import Event, record


class Command(BaseCommand):
    """Writes it as JSON to the standard output."""

    help = "Write what the portal holds of an account as JSON, without what proves who somebody is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the user name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or say that there is no such account."""
        account = get_account(options["name"])
        record(Event.DATA_HANDED_OUT, account=account)
        self.stdout.write(json.dumps(data_of(account), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
