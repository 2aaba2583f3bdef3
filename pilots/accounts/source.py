"""Where a request comes from, for those who count attempts. Nothing else asks, and nothing keeps it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# What one visitor is given of IPv6; whoever has a network of that size has as many addresses as they like.
ONE_VISITOR = 64


def source_of(request: HttpRequest) -> str:
    """The address of the visitor, or its network (IPv6); "" where a proxy does not say.

    `X-Forwarded-For` counts only when one of our proxies sent the request, and only as far back as our proxies wrote
    it: the last address that is none of theirs. What stands before it may be forged.
    """
    way = [request.META.get("REMOTE_ADDR", "")]
    way = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), *way]
    for text in reversed(way):
        address = _address(text)
        if address is None:
            return ""
        if not _is_proxy(address):
            return _named(address)
    return ""


def _address(text: str) -> Address | None:
    """The address in `text`, as proxies write it: IPv6 in brackets or not, with a port or without."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_proxy(address: Address) -> bool:
    return any(address in network for network in settings.PROXIES)


def _named(address: Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((int(address), ONE_VISITOR), strict=False))
