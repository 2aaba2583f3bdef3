"""Addresses of the site: for machines, for people, for editors, and the pages for errors."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pilots.urls import machines
from prepare_portal import health, icons, manifest, metrics, robots, security_txt

urlpatterns = [
    # Machines
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", security_txt.security_txt, name="security-txt"),
    path("favicon.ico", icons.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", icons.icon, {"name": "apple-touch-icon.png"}, name="touch-icon"),
    *machines,
    # Programs
    path("api/v1/", include("pilots.api.urls")),
    # In every language
    *i18n_patterns(
        path("manifest.webmanifest", manifest.manifest, name="manifest"),
        # People
        path("", include("pilots.urls")),
        # Editors
        path("admin/", include("pilots.admin.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "pilots.pages.errors.bad_request"
handler403 = "pilots.pages.errors.forbidden"
handler404 = "pilots.pages.errors.not_found"
handler500 = "pilots.pages.errors.server_error"
