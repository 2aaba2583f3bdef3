"""Reads HTML as tests talk about it: elements with attributes, text and what is inside them."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element:
    """One element of a page."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None" = None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.content: list[Element | str] = []

    def __iter__(self) -> Iterator["Element"]:
        """Go through the element and everything inside, in the order of the page."""
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @property
    def raw(self) -> str:
        """The text inside, spaces as written."""
        return "".join(part if isinstance(part, str) else part.raw for part in self.content)

    @property
    def text(self) -> str:
        """The text inside, spaces evened out."""
        return " ".join(self.raw.split())

    def all(self, tag: str, **attributes: str) -> list["Element"]:
        """The elements inside with this tag and these attributes (`class_` holds one of the classes)."""
        return [element for element in self if element.tag == tag and element._has(attributes)]

    def one(self, tag: str, **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    def texts(self, tag: str, **attributes: str) -> list[str]:
        return [element.text for element in self.all(tag, **attributes)]

    def hrefs(self, start: str = "") -> list[str]:
        """The addresses of links that begin with `start`."""
        return [link["href"] for link in self.all("a") if link.get("href").startswith(start)]

    @property
    def is_data(self) -> bool:
        """Whether it is an element for scripts whose type makes browsers leave it alone."""
        is_typed = self.get("type") in {"application/ld+json", "application/json"}
        return self.tag == "script" and is_typed and self.attributes.keys() <= {"id", "type"}

    def _has(self, wanted: dict[str, str]) -> bool:
        return all(
            value in self.get("class").split() if name == "class_" else self.attributes.get(name) == value
            for name, value in wanted.items()
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.content.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Close what is closed at once; `<img … />` has nothing to close."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.tag == tag, f"</{tag}> closes <{self.open.tag}>"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.content.append(data)


def read(response: object) -> Element:
    """The page that a response (or a string) holds; fails when its elements are not well nested."""
    builder = _Builder()
    builder.feed(response if isinstance(response, str) else response.content.decode())  # type: ignore[attr-defined]
    builder.close()
    assert builder.open is builder.root, f"<{builder.open.tag}> is never closed"
    return builder.root


def body(response: object) -> bytes:
    """What a response holds; a file is read to its end, at which the test client closes it.

    (To close a response is to end a request, and that would close the connection a test's transaction is on.)
    """
    return b"".join(response)  # type: ignore[call-overload]
