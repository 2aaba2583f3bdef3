"""A whole Django site in one file: two addresses, no middleware, no database.

LIST_BYTES and PILOT_BYTES name files with what the portal sent for its list and for a pilot, compressed as it was.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    DEBUG=False,
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.urandom(32).hex(),
)

LIST = Path(os.environ["LIST_BYTES"]).read_bytes()
PILOT = Path(os.environ["PILOT_BYTES"]).read_bytes()


def list_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LIST, headers={"Content-Length": str(len(LIST))})


def pilot_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PILOT, headers={"Content-Length": str(len(PILOT))})


urlpatterns = [path("list", list_page), path("pilot", pilot_page)]
application = get_wsgi_application()
