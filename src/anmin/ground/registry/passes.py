"""Tokens that our call-backs bear, where who receives them asks for one: declared in one file, by the id of the system.

hrss.haian:
  token_url: https://hrss.example/oauth2/token
  client_id: mzj.haian                     # ours, there
  secret_file: /run/secrets/hrss           # never in this file
"""

from pathlib import Path

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from anmin.base.dci.posting import NotAnswered, is_safe, kept_token_at


class _Pass(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    token_url: str
    client_id: str = Field(min_length=1, max_length=99)
    secret_file: str


def pass_for(client_id: str, *, seconds: float) -> str:
    """The token of a system for us; blank where none is declared for it. Raises NotAnswered where it cannot be had."""
    path: Path | None = settings.DCI_CALLBACKS_PATH
    if path is None:
        return ""
    try:
        declared = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(declared, dict) or client_id not in declared:
            return ""
        said = _Pass.model_validate(declared[client_id])
        secret = Path(said.secret_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        raise NotAnswered("回调令牌的配置无法读取") from None
    if not is_safe(said.token_url):
        raise NotAnswered("回调令牌的地址不是 https 地址")
    return kept_token_at(said.token_url, said.client_id, secret, seconds=seconds)
