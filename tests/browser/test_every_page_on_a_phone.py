"""Every page fits a phone. A file of its own, so that the desk and the phone are walked through side by side."""

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("username", ["haian1", "lingdao1"])
def test_every_page_fits_a_phone(phone: Visit, username: str) -> None:
    phone.sign_in(username)
    too_wide = {}
    for place, _ in phone.walk(each_figure=username == "lingdao1"):
        if phone.overflow > 0:
            too_wide[place] = phone.overflow
    assert too_wide == {}
