"""Does the portal in this container answer? For the container's health check: exit status 0 or 1."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

host = urlsplit(os.environ.get("SITE_URL", "")).netloc or "127.0.0.1"
request = urllib.request.Request(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/livez", headers={"Host": host})
try:
    urllib.request.urlopen(request, timeout=5).close()  # noqa: S310 (an address of this container)
except OSError as error:
    sys.exit(str(error))
