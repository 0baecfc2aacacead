"""The demo county behind the platform's own server, one worker, statements counted: ``serve.py <folder> <scenario> <port>``."""

import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from anmin.cli.demo import live_in, refuse_unbuilt

if __name__ == "__main__":
    refuse_unbuilt(*live_in(sys.argv[2], Path(sys.argv[1])))
    # As ``anmin serve`` starts it, but for the application.
    Granian(
        "counted:application",
        address="127.0.0.1",
        port=int(sys.argv[3]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_access=False,
        working_dir=Path(__file__).parent,
    ).serve()
