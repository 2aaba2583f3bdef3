"""Letters that were garbled on their way: UTF-8 read as Windows-1252 (“â€™” for “’”) or as a Mac’s (“‚Äô”)."""

import re

# What the second and third byte of a letter look like in Windows-1252, or in Latin-1 where that has none.
_REST = "".join(
    {bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xC0)}
    | {chr(code) for code in range(0x80, 0xA0)}
)
_REST = re.escape(_REST)
_MAC = re.escape(bytes(range(0x80, 0xC0)).decode("mac_roman"))
# Accented letters begin with Â or Ã, quotes and dashes with â, emoji with ðŸ, accents of their own with Ì. What could
# be meant as it is, such as “Å” before a quote, is left.
GARBLED = re.compile(
    f"[ÂÃ][{_REST}]|â[{_REST}]{{2}}|ðŸ[{_REST}]{{2}}|ï(?:»¿|¸\x8f)|Ì[\x81€ˆ‚ƒ§]|Å[¡¾º¼±‚„›]|Å“(?=[a-z])|Å’(?=u)"
    f"|(?P<mac>[√≈][{_MAC}]|‚[ÄÇ][{_MAC}])"
)
AGAIN = 3  # times that a text was garbled, at most


def ungarbled(text: str) -> str:
    for _time in range(AGAIN):
        mended = GARBLED.sub(_letter, text)
        if mended == text:
            break
        text = mended
    return text


def _letter(match: re.Match[str]) -> str:
    data = match[0].encode("mac_roman") if match["mac"] else b"".join(map(_byte, match[0]))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return match[0]


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
