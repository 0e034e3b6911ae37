"""The tests: sentences about behaviour."""
