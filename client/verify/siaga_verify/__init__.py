"""Checks what a SIAGA ledger says of itself, without trusting who runs it and without a network."""

__version__ = "0.1.0"
