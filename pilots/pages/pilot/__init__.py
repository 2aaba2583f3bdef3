"""The list of pilots, and the pages of one."""
