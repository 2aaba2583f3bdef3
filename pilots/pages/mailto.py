"""Links that open an e-mail."""

from urllib.parse import quote


def mailto(address: str, subject: str, body: str) -> str:
    """The link that opens an e-mail, to nobody yet for "" (RFC 6068): percent-encoded, line breaks as CR and LF."""
    lines = body.replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
