"""Links that open an e-mail."""

from urllib.parse import quote, urlencode


def mailto(address: str, subject: str = "", body: str = "") -> str:
    """The link that opens an e-mail, to nobody yet for "" (RFC 6068): percent-encoded, line breaks as CR and LF."""
    fields = {"subject": subject, "body": body.replace("\n", "\r\n")}
    query = urlencode({name: text for name, text in fields.items() if text}, quote_via=quote, safe="")
    return f"mailto:{quote(address, safe='@')}" + (f"?{query}" if query else "")
