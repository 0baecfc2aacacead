"""A small HTTP server on this machine that answers as it is told and keeps what it was sent."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Listener:
    """What it was sent, in order, and how it answers: a status and an object, or bytes, or seconds to wait first, and headers."""

    url: str = ""
    got: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    answers: Callable[[str, Any], tuple[int, Any]] = lambda path, body: (200, {"message": {"ack_status": "ACK"}})
    waits: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def listening() -> Iterator[Listener]:
    """The server runs inside the block."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            said: Any = body.decode()
            if self.headers.get("Content-Type", "").startswith("application/json"):
                said = json.loads(body)
            listener.got.append((self.path, dict(self.headers), said))
            time.sleep(listener.waits)
            status, answer = listener.answers(self.path, said)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            for name, value in listener.headers.items():
                self.send_header(name, value)
            if 300 <= status < 400:
                self.send_header("Location", f"{listener.url}/elsewhere")
            self.end_headers()
            try:
                self.wfile.write(content)
            except OSError:
                return  # who asked did not wait

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    listener.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
