"""What crosses the wire: validation, examples and descriptions."""
