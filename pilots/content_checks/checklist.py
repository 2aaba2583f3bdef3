"""All checks of one entry."""

from pilots.content_checks.addresses import check_addresses
from pilots.content_checks.finding import Finding, KnownTerms
from pilots.content_checks.privacy import check_privacy
from pilots.content_checks.public_contacts import check_public_contacts
from pilots.content_checks.readability import check_readability
from pilots.content_checks.recommended import check_recommended
from pilots.content_checks.required import check_required
from pilots.models.content import Content


def check(content: Content, known: KnownTerms) -> list[Finding]:
    """Everything the checks find in `content`, what blocks first. Each finding stands once."""
    found = [
        *check_required(content),
        *check_privacy(content, known),
        *check_recommended(content),
        *check_addresses(content, known),
        *check_public_contacts(known),
        *check_readability(content, known),
    ]
    return list({(finding.code, finding.key): finding for finding in found}.values())
