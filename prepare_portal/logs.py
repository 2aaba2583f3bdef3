"""Log lines as JSON, with nothing in them that says who visited."""

from copy import copy
from logging import LogRecord

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter


class JsonFormatter(BaseJsonFormatter):
    """Write time, level, logger and message; a traceback where there is one and it is about our code.

    Django attaches the request (with cookies, address and form data) to its records, and
    python-json-logger writes every attachment unless told otherwise.
    """

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            reserved_attrs=[*RESERVED_ATTRS, "taskName", "request", "server_time", "status_code"],
        )

    def format(self, record: LogRecord) -> str:
        """The line. What a visitor sends, such as a form with too many fields, is refused in Django's code."""
        if record.name.startswith("django.security"):
            record = copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)
