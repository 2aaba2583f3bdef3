"""Addresses of the site: for machines, for people, for editors, and the pages for errors."""

from django.contrib import admin
from django.urls import include, path

from pilots.admin.dashboard import first_page, no_such_page
from pilots.admin.how_to import how_to, picture
from pilots.admin.pilot.views.moves_of_many import move_many
from pilots.admin.pilot.views.successor import following
from pilots.admin.pilot.views.writers import WritersView
from pilots.pages.preview import framed
from prepare_portal import health, icons, robots

urlpatterns = [
    # Machines
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", robots.security_txt, name="security-txt"),
    path("favicon.ico", icons.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", icons.icon, {"name": "apple-touch-icon.png"}, name="touch-icon"),
    # People
    path("", include("pilots.urls")),
    # Editors
    path("admin/how-to/", admin.site.admin_view(how_to), name="how-to"),
    path("admin/how-to/screenshots/<slug:name>.png", admin.site.admin_view(picture), name="how-to-picture"),
    path("admin/", include("pilots.admin.accounts.passwords")),
    path("admin/", admin.site.admin_view(first_page)),
    path("admin/r/<path:anything>", no_such_page),
    path("admin/unsaved/", include("pilots.admin.unsaved")),
    path("admin/pilots/pilot/many/<slug:name>/", admin.site.admin_view(move_many), name="move-many"),
    path(
        "admin/pilots/pilot/<int:pk>/writers/",
        admin.site.admin_view(following(WritersView.as_view())),
        name="pilot-writers",
    ),
    path("admin/preview/<int:pk>/", admin.site.admin_view(framed), name="framed-preview"),
    path("admin/", admin.site.urls),
]

handler400 = "pilots.pages.errors.bad_request"
handler403 = "pilots.pages.errors.forbidden"
handler404 = "pilots.pages.errors.not_found"
handler500 = "pilots.pages.errors.server_error"
