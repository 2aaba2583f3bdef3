"""The tokens of the design as the style sheet declares them, and how far its colours stand apart."""

import re
from dataclasses import dataclass

DARK = "@media (prefers-color-scheme: dark)"
OTHER_BLOCK = "\n@media"
GROUP = re.compile(r"^  /\* (?P<group>[^*]+) \*/$")
TOKEN = re.compile(r"^ +--(?P<name>[\w-]+): (?P<value>[^;]+);(?: /\* (?P<use>[^*]+) \*/)?$")

# WCAG 2.2: 1.4.6 (AAA) for body text, 1.4.3 (AA) for other text, 1.4.11 (AA) for what one can use.
BODY_TEXT, OTHER_TEXT, CONTROL = 7.0, 4.5, 3.0
GROUNDS = ("paper", "raised", "wash", "note", "accent-wash")
MAP = ("sea", "land", "land-here")
TEXTS = {"ink": BODY_TEXT, "ink-soft": OTHER_TEXT, "accent": OTHER_TEXT, "mark": OTHER_TEXT}


@dataclass(frozen=True)
class DesignToken:
    """A custom property: its group, name, value (also that in the dark), and what it is for."""

    group: str
    name: str
    value: str
    dark: str
    use: str

    @property
    def kind(self) -> str:
        """How it is shown: as a colour, by its name up to the first dash (step, space, …), or by its whole name."""
        return "colour" if self.value.startswith("#") else self.name.partition("-")[0]


@dataclass(frozen=True)
class Pair:
    """One colour on another, and the least contrast ratio that is good enough."""

    text: str
    ground: str
    least: float


PAIRS = (
    *(Pair(text, ground, least) for text, least in TEXTS.items() for ground in GROUNDS),
    *(Pair("ink", ground, OTHER_TEXT) for ground in MAP),
    *(Pair("accent", ground, CONTROL) for ground in MAP),
    Pair("on-accent", "accent", OTHER_TEXT),
    Pair("paper", "ink", OTHER_TEXT),
    Pair("line-strong", "paper", CONTROL),
    Pair("line-strong", "raised", CONTROL),
)


@dataclass(frozen=True)
class Measured:
    """A pair of colours in one scheme (`#rrggbb` each) with its contrast ratio."""

    pair: Pair
    scheme: str
    text: str
    ground: str

    @property
    def ratio(self) -> float:
        """The contrast ratio, from 1 to 21, cut to a tenth so that it is never shown as better than it is."""
        return int(contrast(self.text, self.ground) * 10) / 10

    @property
    def is_enough(self) -> bool:
        return contrast(self.text, self.ground) >= self.pair.least


def read_tokens(css: str) -> list[DesignToken]:
    """The tokens that a style sheet declares, in its order, each in the group of the comment above it."""
    light, _, rest = css.partition(DARK)
    dark = {found["name"]: found["value"] for line in block(rest) if (found := TOKEN.match(line))}
    tokens, group = [], ""
    for line in block(light):
        if found := GROUP.match(line):
            group = found["group"]
        elif found := TOKEN.match(line):
            name, value = found["name"], found["value"]
            tokens.append(DesignToken(group, name, value, dark.get(name, value), found["use"] or ""))
    return tokens


def block(css: str) -> list[str]:
    """The lines of a style sheet up to its next media query."""
    return css.partition(OTHER_BLOCK)[0].splitlines()


def measure(tokens: list[DesignToken], scheme: str) -> list[Measured]:
    """All pairs of colours in a scheme, "light" or "dark". Raises KeyError for a pair of no tokens."""
    values = {token.name: token.dark if scheme == "dark" else token.value for token in tokens}
    return [Measured(pair, scheme, values[pair.text], values[pair.ground]) for pair in PAIRS]


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, from 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)
