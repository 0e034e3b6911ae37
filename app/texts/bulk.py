"""Many records in one request, tables, and the partners' own keys."""

LINES: dict[str, str] = {}
