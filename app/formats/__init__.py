"""How a record is written outside the wire schemas: pure functions."""
