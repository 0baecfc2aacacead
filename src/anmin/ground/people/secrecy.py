"""Identity numbers and bank accounts at rest: SM4-GCM ciphertext, and a blind index to find them by.

GB/T 32907-2016 (SM4), GB/T 32905-2016 (SM3). The first byte of a ciphertext names the key it was made with, so that keys can be
changed without reading everything at once. The index is keyed too: without the key nobody can try all numbers of a county.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from anmin.base.errors import Refused

CURRENT_KEY = 1

_NONCE = 12
_TAG = 16


def encrypt(text: str) -> bytes:
    """The ciphertext of the text: key version, nonce, seal, secret. Twice the same text gives two ciphertexts."""
    return encrypt_bytes(text.encode())


def decrypt(cipher: bytes | memoryview) -> str:
    """The text in the ciphertext. Refuses one made with another key, and one that was changed by a single bit."""
    return decrypt_bytes(cipher).decode()


def encrypt_bytes(plain: bytes) -> bytes:
    """The ciphertext of any bytes, such as a whole file; as `encrypt`."""
    nonce = os.urandom(_NONCE)
    head = bytes([CURRENT_KEY])
    encryptor = Cipher(algorithms.SM4(_key(CURRENT_KEY)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(head)
    secret = encryptor.update(plain) + encryptor.finalize()
    return head + nonce + encryptor.tag + secret


def decrypt_bytes(cipher: bytes | memoryview) -> bytes:
    """The bytes in the ciphertext; refuses as `decrypt`."""
    kept = bytes(cipher)  # PostgreSQL hands out memory views
    if len(kept) < 1 + _NONCE + _TAG:
        raise Refused("加密内容不完整，无法读取，请联系系统管理员。")
    head, nonce, tag = kept[:1], kept[1 : 1 + _NONCE], kept[1 + _NONCE : 1 + _NONCE + _TAG]
    decryptor = Cipher(algorithms.SM4(_key(kept[0])), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(head)
    try:
        return decryptor.update(kept[1 + _NONCE + _TAG :]) + decryptor.finalize()
    except InvalidTag:
        raise Refused("加密内容无法读取：密钥不对，或内容被改动过，请联系系统管理员。") from None


def blind_index(identity_number: str) -> str:
    """What a normalised identity number is found by: 64 hexadecimal digits, the same for the same number."""
    keyed = hmac.HMAC(settings.INDEX_KEY, hashes.SM3())
    keyed.update(identity_number.encode())
    return keyed.finalize().hex()


def keyed_seal(purpose: str, content: bytes) -> str:
    """64 hexadecimal digits that only this installation can make of the content; for another purpose others.

    The key is derived, so that a seal tells nothing of the key that numbers are encrypted with.
    """
    key = HKDF(algorithm=hashes.SM3(), length=32, salt=None, info=purpose.encode()).derive(settings.IDENTITY_KEY)
    keyed = hmac.HMAC(key, hashes.SM3())
    keyed.update(content)
    return keyed.finalize().hex()


def mask_account(account: str) -> str:
    """The account as it may be shown: the last four digits."""
    return "*" * (len(account) - 4) + account[-4:]


def _key(version: int) -> bytes:
    if version != CURRENT_KEY:
        raise Refused(f"加密内容使用的是第 {version} 号密钥，系统没有这把密钥，请联系系统管理员。")
    key: bytes = settings.IDENTITY_KEY
    return key
