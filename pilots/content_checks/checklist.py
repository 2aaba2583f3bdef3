"""All checks of one entry."""

from pilots.content_checks.addresses import check_addresses
from pilots.content_checks.finding import Finding, KnownTerms
from pilots.content_checks.left_out import check_left_out
from pilots.content_checks.needed import check_needed
from pilots.content_checks.privacy import check_privacy
from pilots.content_checks.wording import check_wording
from pilots.models.content import Content


def check(content: Content, known: KnownTerms) -> list[Finding]:
    """Return everything the checks find in `content`, what blocks first. Each finding stands once."""
    found = [
        *check_needed(content),
        *check_privacy(content, known),
        *check_left_out(content),
        *check_addresses(content, known),
        *check_wording(content, known),
    ]
    return list({(finding.code, finding.key): finding for finding in found}.values())
