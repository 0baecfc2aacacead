"""A signature holds for its message, its key and its minute, and for nothing else."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from anmin.base.dci.signatures import holds, public_key, sign
from anmin.base.errors import BadValue

HEADER = {"message_id": "1", "名": "值"}
MESSAGE: dict[str, Any] = {"b": [1, 2], "a": None}
NOW = 1_720_000_000


def pem(key: Any) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return str(key.public_key().public_bytes(serialization.Encoding.PEM, form).decode())


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(key: Any, algorithm: str) -> str:
    """As another system would sign it, by RFC 7515."""
    protected = encoded(json.dumps({"alg": algorithm, "iat": NOW, "kid": "k"}).encode())
    payload = json.dumps({"header": HEADER, "message": MESSAGE}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    content = f"{protected}.{encoded(payload.encode())}".encode()
    if isinstance(key, rsa.RSAPrivateKey):
        secret = key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        r, s = decode_dss_signature(key.sign(content, ec.ECDSA(hashes.SHA256())))
        secret = r.to_bytes(32) + s.to_bytes(32)
    else:
        secret = key.sign(content)
    return f"{protected}..{encoded(secret)}"


KEYS = {
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
}


@pytest.mark.parametrize("algorithm", KEYS)
def test_each_kind_of_key_verifies_its_own_signature_and_no_other(algorithm: str) -> None:
    signature = signed(KEYS[algorithm], algorithm)
    for name, key in KEYS.items():
        assert holds(signature, HEADER, MESSAGE, public_key(pem(key)), now=NOW) is (name == algorithm)


def test_ours_is_verified_like_theirs() -> None:
    key = KEYS["EdDSA"]
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    signature = sign(HEADER, MESSAGE, key, key_id="anmin", at=NOW)
    ours = public_key(pem(key))
    assert holds(signature, dict(reversed(HEADER.items())), MESSAGE, ours, now=NOW + 300)
    assert not holds(signature, HEADER, MESSAGE, ours, now=NOW + 301)
    assert not holds(signature, HEADER, {**MESSAGE, "a": 0}, ours, now=NOW)
    assert not holds(signature, {**HEADER, "message_id": "2"}, MESSAGE, ours, now=NOW)


@pytest.mark.parametrize(
    "signature",
    ["", "a", "a..b", "invalid-signature", "..", "a.b.c", "é..é", f"{encoded(b'[]')}..x", f"{encoded(b'{}')}..x",
     encoded(b'{"alg":"none","iat":1720000000}') + "..", encoded(b'{"alg":"EdDSA","iat":"now"}') + "..x"],
)  # fmt: skip
def test_what_is_no_signature_does_not_hold(signature: str) -> None:
    assert not holds(signature, HEADER, MESSAGE, public_key(pem(KEYS["EdDSA"])), now=NOW)


def test_weak_and_strange_keys_are_refused() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  a weak key is what is refused
    with pytest.raises(BadValue, match="RSA 公钥只有 1024 位，至少应为 2048 位。"):
        public_key(pem(weak))
    with pytest.raises(BadValue, match="椭圆曲线公钥应为 P-256"):
        public_key(pem(ec.generate_private_key(ec.SECP384R1())))
    with pytest.raises(BadValue, match="公钥无法读取"):
        public_key("-----BEGIN PUBLIC KEY-----\nnothing\n-----END PUBLIC KEY-----")
