"""Writes the portal's table of all pilots as a visitor gets it, for the peers: `python -m bench.sheet file`.

Runs in an environment that names the database.
"""

import sys
from pathlib import Path

import django


def main(target: str) -> None:
    """Write the file; it appears when it is complete."""
    from django.test import Client

    unfinished = Path(f"{target}.part")
    with unfinished.open("wb") as file:
        file.writelines(Client(SERVER_NAME="127.0.0.1").get("/pilots.csv"))
    unfinished.rename(target)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
