"""Where editors change entries: Django's admin, one module a kind of entry."""
