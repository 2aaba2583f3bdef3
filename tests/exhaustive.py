"""What `make check` leaves to `make test`: modules that try everything with everything, and take most of the time.

Each has a neighbour in the daily loop that tries the same thing once.
"""

EXHAUSTIVE = {
    # Each page and form of each model, as each role, with each hostile value
    "admin/test_access.py",
    "admin/test_admin_pages.py",
    "admin/test_admin_query_counts.py",
    "admin/test_forms.py",
    "admin/test_hostile_admin.py",
    "admin/test_lookups.py",
    "admin/test_roles.py",
    "pages/test_every_page.py",
    "pages/test_escaping.py",
    "pages/test_selects.py",
    "search/test_random_queries.py",
    "site/test_counting_processes.py",
    "site/test_headers.py",
    "spreadsheets/test_hostile_uploads.py",
    "test_hostile.py",
    "test_source_text_canary.py",
    # Each question that can be asked of the nine pilots
    "browse/test_counts_of_nine_pilots.py",
    "browse/test_matrix_of_nine_pilots.py",
    # With hundreds and thousands of pilots
    "commands/test_make_sample.py",
    "pages/test_long_list.py",
    "pages/test_many_pilots.py",
    "pages/test_thousands_of_places.py",
    "pages/test_thousands_of_ties.py",
    # Loading and migrating what editors may have made of it, in each way
    "commands/test_backup_of_a_running_portal.py",
    "commands/test_broken_backups.py",
    "commands/test_load_pilots.py",
    "commands/test_load_pilots_update.py",
    "models/test_cleaning_migration.py",
    "models/test_migrations.py",
    "models/test_moments_migration.py",
    # Servers and processes
    "site/test_two_servers.py",
    "test_concurrent_editors.py",
}
