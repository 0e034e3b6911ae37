"""Run in the environment of the oracles: another log server hands our witness a checkpoint.

Arguments: address and key of the witness, tiles, the checkpoint, an earlier size. Prints the cosignature.
"""

import sys
from pathlib import Path

from aics_tlog import consistency_proof_from_tiles
from aics_tlog.remote import HttpTileReader
from aics_witness.feeder import WitnessClient


def main() -> None:
    """Submit twice: from nothing it is a conflict or a beginning, from where the witness is it is growth."""
    url, key, tiles, path = sys.argv[1:5]
    reader = HttpTileReader([tiles])
    with WitnessClient(url, key) as client:
        lines = client.submit(
            Path(path).read_bytes(), lambda old, new: consistency_proof_from_tiles(reader, old, new)
        )
    print(lines, end="")


main()
