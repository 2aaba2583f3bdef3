"""Log lines as JSON, with nothing in them that tells who visited."""

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter


class JsonFormatter(BaseJsonFormatter):
    """Write time, level, logger and message; a traceback where there is one.

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
