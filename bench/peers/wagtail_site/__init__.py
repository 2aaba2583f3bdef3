"""A Wagtail site with the portal's list and pages, as a developer who knows Wagtail would make it."""
