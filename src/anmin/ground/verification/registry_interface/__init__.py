"""Other offices' registers, asked by the registry interface of the Digital Convergence Initiative.

`connections.py` says which source is asked where; `messages.py` writes to it; `asking.py` asks for an answer at once;
`answers.py` says of whom there is an answer and of whom none; `records.py` turns their records into rows of a source, so that
the same matching and the same findings follow. A register that answers later is asked in `ground/verification/later`.
"""

from anmin.ground.verification.registry_interface.answers import Answer
from anmin.ground.verification.registry_interface.asking import ask
from anmin.ground.verification.registry_interface.connections import Connection, connections, ways_of

__all__ = ["Answer", "Connection", "ask", "connections", "ways_of"]
