"""What is raised for files that cannot be read or written."""


class UnreadableFile(ValueError):
    """A file that cannot be read or written; the message says why and what to do."""
