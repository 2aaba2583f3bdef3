"""An uploaded file between the look at it and the import: stored where sessions are, and deleted when they expire.

Every server process and machine finds it there, it travels in no form, and it never lies on a disk
under a name. The library's own storages keep it in one process or in the temporary folder of one machine.
"""

import base64
from typing import Any

from django.contrib.sessions.backends.db import SessionStore

LIFETIME = 60 * 60  # seconds


def store_upload(data: bytes, *, user: Any, name: str) -> str:
    """Store a file for `user` for an hour, and return its key; expired ones are deleted. Three queries."""
    SessionStore.clear_expired()
    store = SessionStore()
    store["upload"] = {"data": base64.b64encode(data).decode(), "user": user.pk, "name": name[:200]}
    store.set_expiry(LIFETIME)
    store.create()
    return store.session_key or ""


def stored_upload(key: str, *, user: Any) -> tuple[bytes, str] | None:
    """The file and its name, or None when it is not there any more or not this user's. One query."""
    upload = SessionStore(session_key=key).get("upload") if key else None
    if not upload or upload["user"] != user.pk:
        return None
    return base64.b64decode(upload["data"]), upload["name"]


def forget_upload(key: str) -> None:
    """Delete the file. One query."""
    SessionStore(session_key=key).delete()
