"""What the production server calls."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepare_portal.settings")

django = get_wsgi_application()

from prepare_portal.metrics import measured, with_own_port  # noqa: E402 (Django has to be set up first)
from prepare_portal.page_cache import serving_cached_pages  # noqa: E402
from prepare_portal.request_bodies import whole_bodies  # noqa: E402

application = whole_bodies(django)
if settings.PAGE_CACHE:
    application = serving_cached_pages(application)
if settings.METRICS_PORT or settings.METRICS_TOKEN:
    application = measured(application)
if settings.METRICS_PORT:
    application = with_own_port(application, settings.METRICS_PORT)
