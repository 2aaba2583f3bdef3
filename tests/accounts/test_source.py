"""The source of a request is what our own proxies say it is, whatever a visitor writes into a header."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from pilots.accounts.source import source_of


@pytest.mark.parametrize(
    ("peer", "forwarded", "source"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours: forged
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "9.9.9.9, 198.51.100.1", "198.51.100.1"),  # what stands before it may be forged
        ("127.0.0.1", "9.9.9.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "198.51.100.1:40312", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:aaaa::9", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", None, ""),
        ("127.0.0.1", "10.0.0.3", ""),
        ("127.0.0.1", "198.51.100.1, unknown", ""),
        ("127.0.0.1", "198.51.100.1, ", ""),
        ("127.0.0.1", "x" * 5000, ""),
        ("127.0.0.1", "1.2.3.4 OR 1=1", ""),
        ("", "198.51.100.1", ""),
    ],
)
def test_source_is_the_last_address_that_is_no_proxy_of_ours(peer, forwarded, source, settings):
    settings.PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8")]
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    assert source_of(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == source
