"""Which sources are asked over the wire, where and how: declared in one file, refused loudly when wrong.

vehicles:
  url: https://jgj.example/dci/            # below it lies registry/sync/search
  token_url: https://jgj.example/oauth2/token
  client_id: mzj.haian
  secret_file: /run/secrets/jgj            # never in this file
  receiver_id: jgj
  record_type: VehicleOwner
  purpose_code: SOCIAL-ASSISTANCE
  seconds: 10
  each: vehicles                           # one row for each of these; leave out for one row a record
  fields:
    name: owner.name.full_name
    identity_number: owner.identifier.0.identifier_value
    plate: each.plate_number
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from anmin.base.dci.posting import is_safe
from anmin.base.dci.signatures import PublicKey, public_key
from anmin.base.errors import BadValue
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import WATCHED, Way

BACK = {
    "search": "registry/on-search",
    "txn-status": "registry/txn/on-status",
    "subscribe": "registry/on-subscribe",
    "unsubscribe": "registry/on-unsubscribe",
}
"""By message, where its answer comes in, below our call-back address."""


class _Declared(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    url: str
    token_url: str
    client_id: str = Field(min_length=1, max_length=99)
    secret_file: str
    receiver_id: str = Field(min_length=1, max_length=99)
    record_type: str = ""
    identifier_type: str = "NationalID"
    purpose_code: str = Field(min_length=1, max_length=99)
    seconds: float = Field(default=10.0, gt=0, le=120)
    key_file: str = ""
    # Where its answers reach us, if it answers later, and the machine (registered with us) whose token they bear.
    callback_uri: str = ""
    caller: str = ""
    # The event it tells of, for a source that is watched all the time.
    watched_event: str = ""
    each: str = ""
    fields: dict[str, str]


@dataclass(frozen=True)
class Connection:
    """One source that is asked over the wire. `key` verifies its answers, where it signs them."""

    source: str
    declared: _Declared
    secret: str
    key: PublicKey | None

    @property
    def search_url(self) -> str:
        return self.at("registry/sync/search")

    @property
    def answers_later(self) -> bool:
        """Whether it acknowledges a question and answers it at our call-back address."""
        return bool(self.declared.callback_uri)

    def at(self, path: str) -> str:
        """An address of theirs."""
        return f"{self.declared.url.rstrip('/')}/{path}"

    def back(self, action: str) -> str:
        """Our address for the answer to a message."""
        return f"{self.declared.callback_uri.rstrip('/')}/{BACK[action]}"


def connections() -> dict[str, Connection]:
    """The sources that are asked over the wire, by id; none where no file is named."""
    path: Path | None = settings.REGISTRIES_PATH
    return _read(path, path.stat().st_mtime_ns) if path is not None else {}


def ways_of(source: str) -> tuple[Way, ...]:
    """The ways in which a source is asked, the first one first: over the wire where it is declared, otherwise by files."""
    return (Way.REGISTRY, Way.EXCHANGE) if source in connections() else (Way.FILE, Way.EXCHANGE)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> dict[str, Connection]:
    try:
        said: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadValue(f"登记接口的配置文件 {path} 无法读取：{type(error).__name__}。") from None
    if not isinstance(said, dict):
        raise BadValue(f"登记接口的配置文件 {path} 应以数据源名称为键。")
    return {str(source): _connection(str(source), one) for source, one in said.items()}


def _connection(source: str, said: Any) -> Connection:
    if source not in SOURCES:
        raise BadValue(f"登记接口的配置中没有名为“{source}”的数据源。")
    try:
        declared = _Declared.model_validate(said)
    except ValidationError as error:
        places = "、".join(".".join(str(step) for step in each["loc"]) for each in error.errors())
        raise BadValue(f"登记接口“{source}”的配置有误：{places}。") from None
    for url in (declared.url, declared.token_url, *([declared.callback_uri] if declared.callback_uri else [])):
        if not is_safe(url):
            raise BadValue(f"登记接口“{source}”的地址应以 https:// 开头。")
    if declared.callback_uri and not declared.caller:
        # Without it every answer would be refused at the door.
        raise BadValue(f"登记接口“{source}”的答复是送回来的，请写明送回答复所用令牌属于哪个系统（caller）。")
    if declared.watched_event and (source not in WATCHED or not declared.callback_uri):
        raise BadValue(f"登记接口“{source}”不能订阅变动通知：只有动态监测的数据源可以，并且要写明 callback_uri。")
    known = {each.name for each in SOURCES[source].columns}
    if unknown := sorted(set(declared.fields) - known):
        raise BadValue(f"登记接口“{source}”的配置中，“{SOURCES[source].label}”数据没有“{unknown[0]}”这一项。")
    if "name" not in declared.fields or not {each.name for each in SOURCES[source].fields} & set(declared.fields):
        raise BadValue(f"登记接口“{source}”的配置中，fields 至少要有 name 和一项{SOURCES[source].label}数据。")
    try:
        secret = Path(declared.secret_file).read_text(encoding="utf-8").strip()
        key = public_key(Path(declared.key_file).read_text(encoding="utf-8")) if declared.key_file else None
    except (OSError, UnicodeDecodeError):
        raise BadValue(f"登记接口“{source}”的密钥文件无法读取。") from None
    return Connection(source, declared, secret, key)
