"""Mismatch -> diagnosis: algebra proposes, pixels dispose (docs/proof.md).

`candidates` finds the one misreading that would make every equation hold, `evidence` asks the image about it, and
`diagnose` says whose fault a mismatch is: the scan's (`ocr`), the paper's (`document`), or nobody knows (`unknown`).
`unread` reads again what could not be read, `doubted` what was hardly read in lines that fail, `codes` credit codes,
`names` legal forms and `second` figures in doubt, `standing` says of every figure whether the equations confirm it, and
`correct` makes the repairs that both support.
"""

from pipeline.proof.codes import with_codes
from pipeline.proof.correct import corrected
from pipeline.proof.diagnose import prove
from pipeline.proof.doubted import with_proven
from pipeline.proof.evidence import Witness
from pipeline.proof.names import with_names
from pipeline.proof.second import kept, second_look
from pipeline.proof.standing import standings
from pipeline.proof.unread import completed

__all__ = [
    "Witness",
    "completed",
    "corrected",
    "kept",
    "prove",
    "second_look",
    "standings",
    "with_codes",
    "with_names",
    "with_proven",
]
