"""What is true in the field, in plain Python: no framework, no input or output."""
