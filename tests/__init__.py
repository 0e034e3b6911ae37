"""The tests: sentences about behaviour, through HTTP unless pure."""
