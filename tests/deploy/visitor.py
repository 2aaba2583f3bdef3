"""Somebody with a browser, an authenticator app and a password, who comes through the proxy."""

import re
from http.client import OK
from time import sleep
from urllib.parse import urlencode

import pyotp

from tests.proxies.check import NAME, Proxy

FIRST_PAGE = "/admin/"
PASSWORD = "zebra lantern gravel orbit"


class Person:
    """An account's owner."""

    def __init__(self, proxy: Proxy, name: str) -> None:
        self.proxy, self.name = proxy, name
        self.cookies: dict[str, str] = {}
        self.secret = ""
        self.used = ""

    def log_in(self) -> str:
        """Log in with password and second factor, which is chosen at the first time; return the first page."""
        self.cookies.clear()
        where = f"/admin/login/?next={FIRST_PAGE}"
        self.ask(where)
        where = self.send(where, username=self.name, password=PASSWORD, next=FIRST_PAGE)
        page = self.ask(where)
        if not self.secret:
            shown = re.search(r'<code class="secret">([^<]+)</code>', page)
            assert shown, page
            self.secret = shown[1].replace(" ", "")
            self.send(where, digits=self.digits(), next=FIRST_PAGE)
        else:
            where = self.send(where, code=self.digits(), next=FIRST_PAGE)
            assert where == FIRST_PAGE, f"The second factor was refused: {where}"
        page = self.ask(FIRST_PAGE)
        assert self.name in page
        return page

    def digits(self) -> str:
        """What the app shows; the same are taken once, so it waits for the next where need be."""
        app = pyotp.TOTP(self.secret)
        while app.now() == self.used:
            sleep(1)
        self.used = app.now()
        return self.used

    def send(self, path: str, **fields: str) -> str:
        """Send the form of a page; return where it leads."""
        token = {"csrfmiddlewaretoken": self.token}
        status, headers, page = self.proxy.ask(path, "POST", urlencode(token | fields).encode(), **self.headers())
        self.take(headers.get_all("Set-Cookie") or [])
        assert status in {200, 302}, f"{path}: {status} {page.decode()}"
        return str(headers.get("Location", path))

    def ask(self, path: str) -> str:
        """Return a page, which has to be there."""
        status, headers, page = self.proxy.ask(path, **self.headers())
        self.take(headers.get_all("Set-Cookie") or [])
        assert status == OK, f"{path}: {status} {headers.get('Location')}"
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.decode())
        self.token = token[1] if token else ""
        return page.decode()

    def take(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value

    def headers(self) -> dict[str, str]:
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"https://{NAME}/admin/",
        }
