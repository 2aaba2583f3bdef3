"""Text from people, cleaned once before it is saved: the same for forms, imports, fixtures and code.

Word processors, spreadsheets and web pages hand over more than what is seen: signs without a width,
signs that turn the direction of reading around, private signs of one font, five kinds of line breaks.
Every function here takes time in proportion to the length of the text, whatever it says.
"""

import re
import unicodedata

BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# How a spreadsheet writes white space that XML cannot hold; programs that do not know it pass it on as it is.
ESCAPED_BREAK = re.compile("_x000[abcdABCD]_")
ESCAPED_TAB = "_x0009_"
SPACES = re.compile("[ \t]+")
BREAKS = re.compile("\n+")
EMPTY_LINES = re.compile("\n{3,}")

# Scripts whose letters are shaped by joiners: from Arabic to Myanmar, Khmer to Vedic signs, and those of the same
# families further on. Elsewhere a joiner is nothing but hidden.
SHAPED = (
    "\u0600-\u109f\u1780-\u180a\u1810-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e900-\U0001e95f"
)
# Signs that can be emoji, skin tones included.
EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u2300-\u2328\u232b-\u23ff\u24c2\u25aa-\u27bf"
    "\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
# England, Scotland and Wales: a flag, and what it is called in signs that are not seen.
FLAGS = "|".join("".join(chr(0xE0000 + ord(sign)) for sign in name) for name in ("gbeng", "gbsct", "gbwls"))
# Where ignorable characters mean something: flags, emoji made of several, digits on keys, letters that are shaped.
MEANT = (
    f"\U0001f3f4(?:{FLAGS})\U000e007f|[{EMOJI}][\ufe0e\ufe0f]?(?:\u200d[{EMOJI}]\ufe0f?)*|[0-9#*]\ufe0f\u20e3|"
    f"[{SHAPED}][\u200c\u200d]"
)
# Control characters, half characters, what no text may hold, and all that Unicode calls ignorable: soft hyphens,
# zero-width characters, marks of direction, variation selectors. Tabs and line breaks are looked at elsewhere.
UNSEEN = (
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))
    + "]"
)
MEANT_OR_UNSEEN = re.compile(f"({MEANT})|{UNSEEN}")
# Characters that mean something in one font only. At the beginning of a line they are the sign of a list.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
PRIVATE_AT_START = re.compile("^[^\\S\n]*[\ue000-\uf8ff\U000f0000-\U0010ffff]", re.MULTILINE)

BULLET = "• "
# Bullets of the fonts Symbol and Wingdings, as Word hands them over.
SYMBOL_BULLETS = "\uf02d\uf06c\uf06e\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
# The same where the font was lost: Word puts a tab behind them.
LETTER_BULLETS = ("o\t", "§\t", "Ø\t", "ü\t", "·\t")

REPLACED = str.maketrans(
    {
        **dict.fromkeys(SYMBOL_BULLETS, "•"),
        # Windows-1252 read as Latin-1 has control characters where quotes and dashes were meant.
        **{chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85},
        "\x1e": "\u2011",  # Word's hyphen that does not break
        "\u2800": " ",  # a Braille cell without dots
    }
)

# What word processors make of a hyphen between numbers.
HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# What stands around an address in a message or a sentence.
AROUND, MAILTO = " <>\"'“”„‘’«»", "mailto:"

# The most that any script puts above and below one letter (Tibetan; Hebrew has five). Putting thousands in order
# takes the square of their number, and they cover the lines around.
MOST_MARKS = 8
MARK_CATEGORIES = ("Mn", "Me")
JOINERS = "\u200c\u200d"


def clean(text: str) -> str:
    """`text` as it is saved: composed, with line feeds, at most one empty line in a row, no blanks around lines.

    Cleaning twice changes nothing more. What looks empty is empty.
    """
    text = PRIVATE.sub("", PRIVATE_AT_START.sub("•", BREAK.sub("\n", text).translate(REPLACED)))
    text = _composed(text)
    text = ESCAPED_BREAK.sub("\n", text.replace(ESCAPED_TAB, "\t"))
    lines = "\n".join(_clean_line(line) for line in text.split("\n"))
    cleaned = EMPTY_LINES.sub("\n\n", lines).strip()
    return cleaned if cleaned.strip(BULLET + "\n") else ""


def clean_line(text: str) -> str:
    """`text` as a field of one line keeps it: line breaks become spaces, a bullet before it goes."""
    return BREAKS.sub(" ", clean(text)).lstrip(BULLET)


def listed(text: str) -> list[str]:
    """The lines that say something, without the bullets of a list that was pasted."""
    lines = (line.strip().lstrip(BULLET) for line in text.splitlines())
    return [line for line in lines if line]


def clean_numbers(text: str) -> str:
    """A date or a pointer with the digits and hyphens that it is written with."""
    return unicodedata.normalize("NFKC", clean_line(text).translate(HYPHENS))


def clean_address(text: str) -> str:
    """The address of a web page as browsers open it: its scheme in small letters, nothing around it."""
    scheme, sign, rest = clean_line(text).strip(AROUND).partition("://")
    return f"{scheme.lower()}{sign}{rest}" if sign else scheme


def clean_mailbox(text: str) -> str:
    """An e-mail address without what a link to it, a message or a sentence puts around it."""
    address = clean_line(text).strip(AROUND)
    return (address[len(MAILTO) :] if address.lower().startswith(MAILTO) else address).strip(AROUND + ".,;")


def _clean_line(line: str) -> str:
    line = line.strip()
    if line.startswith(LETTER_BULLETS):
        line = f"•{line[1:]}"
    if line.startswith("•"):
        line = f"{BULLET}{line[1:].lstrip()}".rstrip()
    return SPACES.sub(" ", line)


def _composed(text: str) -> str:
    """`text` in NFC without what is not seen, of which each piece that goes may bring others together.

    One letter has few marks, so that this ends after a few rounds.
    """
    if text.isascii():
        return MEANT_OR_UNSEEN.sub("", text)  # quick: most texts are
    while (composed := unicodedata.normalize("NFC", _with_few_marks(MEANT_OR_UNSEEN.sub(r"\1", text)))) != text:
        text = composed
    return text


def _with_few_marks(text: str) -> str:
    """`text` with no more marks on one letter than anybody writes."""
    if text.isascii():
        return text
    characters, marks = [], 0
    for char in text:
        if char not in JOINERS:
            marks = marks + 1 if unicodedata.category(char) in MARK_CATEGORIES else 0
        if marks <= MOST_MARKS:
            characters.append(char)
    return "".join(characters)
