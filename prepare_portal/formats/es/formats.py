"""Dates as “22 de noviembre de 2026”, numbers as “12.345,6”."""

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = rf"{DATE_FORMAT}, H:i"
YEAR_MONTH_FORMAT = r"F \d\e Y"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
