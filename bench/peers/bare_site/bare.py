"""A whole Django site in one file: three addresses, no middleware, no database.

LIST_BYTES, PILOT_BYTES and API_BYTES name files with what the portal sent for its list, for a pilot and for the list of
its API, compressed as it was.
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
API = Path(os.environ["API_BYTES"]).read_bytes()


def list_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LIST, headers={"Content-Length": str(len(LIST))})


def pilot_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PILOT, headers={"Content-Length": str(len(PILOT))})


def api_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(API, headers={"Content-Length": str(len(API))})


urlpatterns = [path("list", list_page), path("pilot", pilot_page), path("api", api_list)]
application = get_wsgi_application()
