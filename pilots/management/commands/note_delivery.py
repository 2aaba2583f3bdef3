"""Note what the fixtures say now, so that a later delivery can tell it from an edit. For whoever changes them."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pilots.management.delivery.fingerprints import fingerprints_of
from pilots.management.delivery.records import EARLIER, read_delivery, read_json


class Command(BaseCommand):
    """Adds the fingerprint of each entry of the fixtures to those of earlier deliveries; takes none away."""

    help = "Note the fingerprints of the fixtures as they are. Run it after each change of them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file anew, entries in the order of the alphabet."""
        folder = settings.BASE_DIR / "fixtures"
        earlier = read_json(folder, EARLIER)
        for name, fingerprint in fingerprints_of(read_delivery(folder)).items():
            noted = earlier["fingerprints"].setdefault(name, [])
            if fingerprint not in noted:
                noted.append(fingerprint)
        text = json.dumps(earlier, indent=2, sort_keys=True, ensure_ascii=False)
        (folder / EARLIER).write_text(f"{text}\n", encoding="utf-8")
