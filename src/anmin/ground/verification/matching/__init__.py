"""Which rows of a department's extract are about our people: in declared, named levels, set-wise, the same each time."""

from anmin.ground.verification.matching.evidence import sentence, sentences
from anmin.ground.verification.matching.matching import Prepared, match, prepare

__all__ = ["Prepared", "match", "prepare", "sentence", "sentences"]
