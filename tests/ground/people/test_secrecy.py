"""What is secret is unreadable at rest, unreadable when touched, and found without being read."""

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from anmin.base.errors import Refused
from anmin.ground.people.secrecy import blind_index, decrypt, encrypt, mask_account

NUMBER = "320699190101010013"


@given(st.text())
def test_decrypt_undoes_encrypt(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_encrypt_gives_another_ciphertext_each_time() -> None:
    assert encrypt(NUMBER) != encrypt(NUMBER)


def test_encrypt_begins_with_the_version_of_the_key() -> None:
    assert encrypt(NUMBER)[0] == 1


def test_decrypt_reads_what_postgresql_hands_out() -> None:
    assert decrypt(memoryview(encrypt(NUMBER))) == NUMBER


@pytest.mark.parametrize("place", [5, 20, -1])
def test_decrypt_refuses_what_was_changed(place: int) -> None:
    cipher = bytearray(encrypt(NUMBER))
    cipher[place] ^= 1

    with pytest.raises(Refused, match=r"^加密内容无法读取：密钥不对，或内容被改动过，请联系系统管理员。$"):
        decrypt(bytes(cipher))


def test_decrypt_refuses_another_key() -> None:
    cipher = encrypt(NUMBER)

    with override_settings(IDENTITY_KEY=b"9" * 16), pytest.raises(Refused, match=r"^加密内容无法读取"):
        decrypt(cipher)


def test_decrypt_refuses_an_unknown_version() -> None:
    with pytest.raises(Refused, match=r"^加密内容使用的是第 7 号密钥"):
        decrypt(b"\x07" + encrypt(NUMBER)[1:])


def test_decrypt_refuses_what_is_too_short() -> None:
    with pytest.raises(Refused, match=r"^加密内容不完整"):
        decrypt(b"\x01abc")


def test_blind_index_is_the_same_for_the_same_number_and_key() -> None:
    index = blind_index(NUMBER)

    assert (blind_index(NUMBER), len(index)) == (index, 64)


@override_settings(INDEX_KEY=b"\x0b" * 16)
def test_blind_index_is_hmac_sm3() -> None:
    # Computed with: openssl dgst -sm3 -mac HMAC -macopt hexkey:0b0b…
    assert blind_index(NUMBER) == HMAC_OF_NUMBER


def test_mask_account_shows_the_last_four() -> None:
    assert mask_account("6228000123456789") == "************6789"


HMAC_OF_NUMBER = "91348ec51ed5835ceaab2eeafea1e296700fa0510fff049d32ed6c0c38e9666b"
