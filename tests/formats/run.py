"""Serves the portal with the nine pilots, then with 500 made ones, and has all its files read each time.

The readers are installed in an environment of their own, so that they cannot disturb the portal's.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from tests.browser.server import serve  # noqa: E402

READERS = ROOT / ".venv-formats" / "bin" / "python"
PORTALS = {"nine pilots": (), "500 made pilots": ("--pilots", "500", "--seed", "1")}


def main() -> int:
    """Say what each reader found; return the exit status."""
    failed = False
    for title, sample in PORTALS.items():
        with serve(sample=sample) as site:
            print(f"\n{title}", flush=True)
            command = [READERS, "-m", "tests.formats.checks", site.url, *sys.argv[1:]]
            failed |= subprocess.run(command, cwd=ROOT).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
