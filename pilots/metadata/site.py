"""The site and the way to a page, in the words of schema.org."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.metadata.json_ld import Data, identifier
from pilots.models.translation import current_language


def website_id(site: str) -> str:
    """What stands for the portal in data. `site` is scheme and host."""
    return identifier(site, reverse("front"), "website")


def publisher(site: str) -> Data:
    """Who stands behind what the portal says: until an operator says more, the portal by its name."""
    return {
        "@type": "Organization",
        "@id": identifier(site, reverse("front"), "publisher"),
        "name": _("PREPARE pilots"),
    }


def website(site: str) -> Data:
    """The portal, and how it is searched."""
    search = f"{site}{reverse('pilots')}?q={{words}}"
    return {
        "@type": "WebSite",
        "@id": website_id(site),
        "url": site + reverse("front"),
        "name": _("PREPARE pilots"),
        "inLanguage": current_language(),
        "publisher": publisher(site),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=words",
        },
    }


def breadcrumb_list(steps: Iterable[tuple[str, str]], site: str) -> Data:
    """The way to a page from the one it belongs to: names, each with an address that begins at the root."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": site + address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }
