"""The main pages of the demo county through the real server: milliseconds, statements, and the multiple of ``/health``.

    python bench/pages/run.py <folder of the county> [scenario]

Pages are found as a person finds them: by following links from the page before.
"""

import http.client
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urljoin

HERE = Path(__file__).resolve().parent
PASSWORD = "anmin-demo-2024"  # noqa: S105  # of invented accounts; printed on the demo's own door
REQUESTS, WARM_UP = 30, 3
STATEMENTS = 20
"""No page asks the database more often."""

COLUMNS = {"median_ms": 11, "p95_ms": 9, "min_ms": 9, "cpu_ms": 9, "times_health": 14, "statements": 12, "kib": 8}


@dataclass(frozen=True)
class Page:
    """A page: for whom, where it starts, and the pattern of the link to follow from each page on the way."""

    name: str
    role: str
    start: str
    links: tuple[str, ...] = ()


LEADER, CLERK, CASHIER, AUDITOR = "leader", "town_clerk", "cashier", "auditor"
PAGES = (
    Page("home", LEADER, "/"),
    Page("home of a town", CLERK, "/"),
    Page("worklist", CLERK, "/worklist"),
    Page("case", CLERK, "/worklist", (r"/cases/(?!new|review)[A-Z0-9]+",)),
    Page("search by name", CLERK, "/search?" + urlencode({"q": "王"})),
    Page("person", CLERK, "/people", (r"/people/\d+",)),
    Page("household", CLERK, "/households", (r"/households/\d+",)),
    Page("dibao register", CLERK, "/dibao"),
    Page("why this amount", CLERK, "/dibao", (r"/dibao/entitlements/\d+", r"/dibao/households/\d+/why")),
    Page("rolls", CASHIER, "/payments"),
    Page("roll", CASHIER, "/payments", (r"/payments/rolls/\d+",)),
    Page("figures", LEADER, "/figures"),
    Page("figure with its rows", LEADER, "/figures", (r"/figures/[\w.]+",)),
    Page("report", LEADER, "/report"),
    Page("policy", LEADER, "/policy"),
    Page("audit", AUDITOR, "/audit"),
)


@dataclass
class Visitor:
    """Somebody signed in, over one connection that stays open."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, http.client.HTTPMessage, bytes, float]:
        """Status, headers, body and seconds of one request."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}{address}"}
            body = urlencode(form)
        started = time.perf_counter()
        try:
            self.connection.request("GET" if form is None else "POST", address, body, headers)
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:
            # A server may close a connection after an answer; the next question opens another.
            self.connection.close()
            self.connection.request("GET" if form is None else "POST", address, body, headers)
            answer = self.connection.getresponse()
        read = answer.read()
        took = time.perf_counter() - started
        for each in answer.headers.get_all("Set-Cookie") or ():
            name, value = each.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.headers, read, took

    def sign_in(self, username: str) -> None:
        """Through the door, by name and password."""
        _, _, page, _ = self.ask("/sign-in")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, "the sign-in page has no form"
        form = {"csrfmiddlewaretoken": token[1].decode(), "username": username, "password": PASSWORD}
        status, _, _, _ = self.ask("/sign-in", form)
        if status != 302:
            sys.exit(f"pages: {username} could not sign in ({status})")

    def find(self, page: Page) -> str | None:
        """The address of a page, by its links; none when no link leads there."""
        address = page.start
        for pattern in page.links:
            status, _, read, _ = self.ask(address)
            if status != 200:
                return None
            found = re.search(rf'href="({pattern})(?:[?#][^"]*)?"', read.decode())
            if not found:
                return None
            address = urljoin(address, found[1])
        return address


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def usernames(folder: Path, scenario: str) -> dict[str, str]:
    """One account for each post."""
    code = (
        "import json, sys; from pathlib import Path; from anmin.cli.demo import live_in\n"
        "_, place = live_in(sys.argv[2], Path(sys.argv[1]))\n"
        "from anmin.ground.accounts.models import RoleAssignment\n"
        "rows = RoleAssignment.objects.order_by('-pk').values_list('role', 'staff__username')\n"
        "print(json.dumps(dict(rows)))"
    )
    said = subprocess.run([sys.executable, "-c", code, str(folder), scenario], capture_output=True, text=True, check=False)
    if said.returncode:
        sys.exit(said.stderr)
    return json.loads(said.stdout)  # type: ignore[no-any-return]  # of JSON


def processor_seconds(server: int) -> float:
    """What the server and its worker have used of the processor: of use where the machine has other work to do."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    used = 0
    for pid in (server, *children):
        # The name in brackets may hold anything, so the fields are counted from behind it.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def measured(visitor: Visitor, address: str, server: int) -> dict[str, object]:
    """Median and 95th percentile of thirty requests after a warm-up, and the server's processor time for one."""
    for _ in range(WARM_UP):
        status, headers, body, _ = visitor.ask(address)
        if status != 200:
            return {"address": address, "fault": f"answered {status}"}
    before = processor_seconds(server)
    took = sorted(visitor.ask(address)[3] * 1000 for _ in range(REQUESTS))
    used = processor_seconds(server) - before
    return {
        "address": address,
        "median_ms": round(statistics.median(took), 1),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
        "min_ms": round(took[0], 1),
        "cpu_ms": round(used / REQUESTS * 1000, 1),
        "statements": int(headers["X-Statements"]),
        "kib": round(len(body) / 1024, 1),
    }


def main() -> int:
    """Every page in turn; 1 where a page could not be had or asks the database too often."""
    folder = Path(sys.argv[1]).resolve()
    scenario = sys.argv[2] if len(sys.argv) > 2 else "2024H1"
    by_role, port = usernames(folder, scenario), free_port()
    server = subprocess.Popen([sys.executable, str(HERE / "serve.py"), str(folder), scenario, str(port)])  # ours
    try:
        results = visited(port, by_role, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)
    health = float(results["health"]["median_ms"])  # type: ignore[arg-type]  # of a number
    print(f"{'page':24}" + "".join(f"{column.replace('_', ' '):>{wide}}" for column, wide in COLUMNS.items()))
    at_fault = []
    for name, made in results.items():
        if "fault" in made:
            at_fault.append(name)
            print(f"{name:24}{made['fault']}")
            continue
        made["times_health"] = round(float(made["median_ms"]) / health, 1)  # type: ignore[arg-type]  # of a number
        print(f"{name:24}" + "".join(f"{made[column]:>{wide}}" for column, wide in COLUMNS.items()))
        if int(made["statements"]) > STATEMENTS:  # type: ignore[call-overload]  # of a number
            at_fault.append(f"{name} ({made['statements']} statements)")
    said = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}",
        "scenario": scenario,
        "requests": REQUESTS,
        "pages": results,
    }
    (HERE / "results.json").write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    if at_fault:
        print(f"pages: at fault: {', '.join(at_fault)}")
    return 1 if at_fault else 0


def visited(port: int, by_role: dict[str, str], server: int) -> dict[str, dict[str, object]]:
    """All pages, each by somebody of the role it is for."""
    nobody = Visitor(port)
    for _ in range(200):
        try:
            nobody.ask("/health")
            break
        except OSError:
            nobody.connection.close()
            time.sleep(0.1)
    results = {"health": measured(nobody, "/health", server)}
    visitors: dict[str, Visitor] = {}
    for page in PAGES:
        if page.role not in visitors:
            visitors[page.role] = Visitor(port)
            visitors[page.role].sign_in(by_role[page.role])
        address = visitors[page.role].find(page)
        results[page.name] = measured(visitors[page.role], address, server) if address else {"fault": "no link leads there"}
    return results


if __name__ == "__main__":
    sys.exit(main())
