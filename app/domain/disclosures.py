"""Disclosures: what the ledger says of one that was asked for on the host's machine."""

HOST_RULE = "Dengan perintah pada mesin tuan rumah / by a command on the host's machine."
