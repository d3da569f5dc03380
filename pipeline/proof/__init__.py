"""Mismatch -> diagnosis: algebra proposes, pixels dispose (docs/proof.md).

`candidates` finds the one misreading that would make every equation hold, `evidence` asks the image about it, and
`diagnose` says whose fault a mismatch is: the scan's (`ocr`), the paper's (`document`), or nobody knows (`unknown`).
"""

from pipeline.proof.diagnose import prove
from pipeline.proof.evidence import Witness
from pipeline.proof.second import second_look

__all__ = ["Witness", "prove", "second_look"]
