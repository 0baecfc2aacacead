"""Signatures over messages: a detached JWS (RFC 7515) over header and message, so that the message stays readable.

What is signed is `{"header": …, "message": …}` with sorted keys and no blanks. The protected header names the algorithm, the key
and the second it was made; an old one is refused, so that a message cannot be sent again by somebody else.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from anmin.base.errors import BadValue

LASTS_SECONDS = 300
_P256_BYTES = 32
_LEAST_RSA_BITS = 2048

PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


def signed_bytes(header: Mapping[str, Any], message: Any) -> bytes:
    """What a signature is made over."""
    both = {"header": header, "message": message}
    return json.dumps(both, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def public_key(pem: str) -> PublicKey:
    """The key out of its PEM text. Refuses what is no public key, and keys that are too weak."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, TypeError):
        raise BadValue("公钥无法读取，请提供 PEM 格式的公钥（-----BEGIN PUBLIC KEY-----）。") from None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA_BITS:
        raise BadValue(f"RSA 公钥只有 {key.key_size} 位，至少应为 {_LEAST_RSA_BITS} 位。")
    if isinstance(key, ec.EllipticCurvePublicKey) and not isinstance(key.curve, ec.SECP256R1):
        raise BadValue("椭圆曲线公钥应为 P-256（ES256）。")
    if not isinstance(key, ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise BadValue("公钥的算法不支持，请使用 Ed25519、P-256 或者 RSA。")
    return key


def sign(header: Mapping[str, Any], message: Any, key: ed25519.Ed25519PrivateKey, *, key_id: str, at: int) -> str:
    """The signature of a message, made at a second of the epoch."""
    protected = _encoded(json.dumps({"alg": "EdDSA", "iat": at, "kid": key_id}, separators=(",", ":")).encode())
    return f"{protected}..{_encoded(key.sign(_input(protected, header, message)))}"


def holds(signature: str, header: Mapping[str, Any], message: Any, key: PublicKey, *, now: int) -> bool:
    """Whether the signature is this key's over this message, made in the last minutes. The key decides the algorithm."""
    parts = signature.split(".")
    if len(parts) != 3 or parts[1]:
        return False
    try:
        protected = json.loads(_decoded(parts[0]))
        made, algorithm = protected["iat"], protected["alg"]
        secret = _decoded(parts[2])
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    if type(made) is not int or abs(now - made) > LASTS_SECONDS or algorithm != algorithm_of(key):
        return False
    signed = _input(parts[0], header, message)
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(secret, signed)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(secret, signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            if len(secret) != 2 * _P256_BYTES:
                return False
            both = (int.from_bytes(secret[:_P256_BYTES]), int.from_bytes(secret[_P256_BYTES:]))
            key.verify(encode_dss_signature(*both), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def algorithm_of(key: PublicKey) -> str:
    """What the standard of signatures calls the algorithm of a key."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "EdDSA"
    return "RS256" if isinstance(key, rsa.RSAPublicKey) else "ES256"


def as_jwk(key: ed25519.Ed25519PrivateKey, key_id: str) -> dict[str, str]:
    """The public half as a JSON Web Key, for whoever receives our answers."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key_id, "x": _encoded(raw)}


def _input(protected: str, header: Mapping[str, Any], message: Any) -> bytes:
    return f"{protected}.{_encoded(signed_bytes(header, message))}".encode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
