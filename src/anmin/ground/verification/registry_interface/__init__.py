"""Other offices' registers, asked by the registry interface of the Digital Convergence Initiative.

`connections.py` says which source is asked where; `asking.py` asks, and says of whom there is an answer and of whom none;
`records.py` turns their records into rows of a source, so that the same matching and the same findings follow.
"""

from anmin.ground.verification.registry_interface.asking import Answer, ask
from anmin.ground.verification.registry_interface.connections import Connection, connections, ways_of

__all__ = ["Answer", "Connection", "ask", "connections", "ways_of"]
