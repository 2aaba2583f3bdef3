"""Letters that were garbled on their way: UTF-8 that some program read as Windows-1252, as in “â€™” for “’”."""

import re

# What the second and third byte of a letter look like in Windows-1252, or in Latin-1 where that has none.
_REST = "".join(
    {bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xC0)}
    | {chr(code) for code in range(0x80, 0xA0)}
)
# Accented letters begin with Â or Ã, quotes and dashes with â. What could be meant as it is, such as “Å”, is left.
GARBLED = re.compile(f"[ÂÃ][{re.escape(_REST)}]|â[{re.escape(_REST)}]{{2}}")
AGAIN = 3  # times that a text was garbled, at most


def ungarbled(text: str) -> str:
    """Return `text` with the letters that were meant."""
    for _time in range(AGAIN):
        mended = GARBLED.sub(_letter, text)
        if mended == text:
            break
        text = mended
    return text


def _letter(match: re.Match[str]) -> str:
    data = b"".join(_byte(char) for char in match[0])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return match[0]


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
