"""Web addresses that cannot work or are not safe. Nothing is asked of the network."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from pilots.content_checks.finding import Finding, KnownTerms, Path, key_for, texts_of
from pilots.models.content import Content

BEGINS = ("http", "www.", "ftp:", "htp")
AROUND = ".,;:!?()[]<>“”‘’\"'«»"
is_web_address = URLValidator(schemes=["http", "https"])


def check_addresses(content: Content, known: KnownTerms) -> Iterator[Finding]:
    """Yield what is wrong with the addresses in the texts and with that of the source."""
    for text in texts_of(content):
        for word in text.words.split():
            address = word.strip(AROUND)
            if "://" in address or (address.casefold().startswith(BEGINS) and ("/" in address or "." in address)):
                yield from _check(address, text.path)
    if known.source_url:
        yield from _check(known.source_url, ("source",))


def _check(address: str, path: Path) -> Iterator[Finding]:
    full = f"https://{address}" if address.casefold().startswith("www.") else address
    try:
        is_web_address(full)
    except ValidationError:
        code, message = "address.broken", _("A browser cannot open this address. Check it for typing mistakes.")
    else:
        if not full.casefold().startswith("http://"):
            return
        code, message = "address.insecure", _("This address begins with http. Use https if the site has it.")
    yield Finding(code, "warns", path, message, address[:200], key_for(path, address))
