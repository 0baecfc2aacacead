"""The seal of a report and the code on its paper: whoever holds it can ask whether we issued it, and whether it stands so.

HMAC of SM3 (GB/T 32905-2016), with a key of the installation, over the canonical JSON of the content: keys sorted, no blanks.
Without the key nobody makes the seal of another content, not even who can write to the database. The seal names nobody.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from anmin.ground.people import secrecy

SHORT = 16
"""So many places of the seal are printed to be typed; they are as good as the whole for a paper that is looked up by number."""
PATH = "/verification/proof"


def seal_of(content: Mapping[str, Any]) -> str:
    """64 hexadecimal digits; another for any other content, and for any other installation."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return secrecy.keyed_seal("verification.report", canonical.encode())


def code_text(number: str, seal: str) -> str:
    """What the code on the paper says: where to look it up, with number and seal; only the two where no address is known."""
    asked = urlencode({"number": number, "seal": seal})
    origins: list[str] = settings.CSRF_TRUSTED_ORIGINS
    return f"{origins[0]}{PATH}?{asked}" if origins else f"{number} {seal}"


def printed(seal: str) -> str:
    """The beginning of the seal in groups of four, for typing."""
    return " ".join(seal[place : place + 4] for place in range(0, SHORT, 4)).upper()


def typed(text: str) -> str:
    """The seal as it was typed or scanned, without blanks and in small letters."""
    return "".join(text.split()).replace("-", "").lower()
