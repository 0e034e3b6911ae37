"""The tree over the ledger: leaves, tiles, the keys of the log, and who signs."""
