"""Villages are found by what files call them; the unknown is answered with what is near."""

from datetime import date

import pytest

from anmin.base.errors import BadValue
from anmin.ground.areas.models import AreaSpell
from anmin.ground.imports.places import AreaBook
from tests.conftest import TODAY, Cast, County


@pytest.mark.parametrize(
    ("town", "village"), [("曲塘镇", "刘桥村"), ("曲塘", "刘桥"), ("曲塘镇", "刘桥村委会"), ("曲塘镇", "刘桥社区")]
)
def test_village_is_found_by_its_names(county: County, cast: Cast, town: str, village: str) -> None:
    book = AreaBook(cast.clerk, TODAY)

    assert book.village(book.town(town), village).id == county.liuqiao.pk


def test_village_is_found_by_a_former_name(county: County, cast: Cast) -> None:
    AreaSpell.objects.create(
        area=county.liuqiao, name="老桥村", parent=county.qutang, valid_from=date(2000, 1, 1), valid_until=date(2010, 1, 1)
    )
    book = AreaBook(cast.clerk, TODAY)

    assert book.village(book.town("曲塘镇"), "老桥村").id == county.liuqiao.pk


def test_village_merged_into_another_leads_there(county: County, cast: Cast) -> None:
    county.sunzhuang.valid_until, county.sunzhuang.merged_into = date(2020, 1, 1), county.liuqiao
    county.sunzhuang.save()
    book = AreaBook(cast.clerk, TODAY)

    assert book.village(book.town("曲塘镇"), "孙庄社区").id == county.liuqiao.pk


def test_village_refuses_an_unknown_one_with_the_nearest(county: County, cast: Cast) -> None:
    book = AreaBook(cast.clerk, TODAY)

    with pytest.raises(BadValue, match=r"^曲塘镇没有名为“刘乔村”的村居，相近的有：刘桥村，请检查名称。$"):
        book.village(book.town("曲塘镇"), "刘乔村")


def test_village_tells_that_it_lies_in_another_town(county: County, cast: Cast) -> None:
    book = AreaBook(cast.clerk, TODAY)

    with pytest.raises(BadValue, match=r"^曲塘镇没有“邹冯村”，同名的村居在白甸镇，请检查镇街是否填错。$"):
        book.village(book.town("曲塘镇"), "邹冯村")


def test_village_refuses_one_out_of_scope(county: County, cast: Cast) -> None:
    book = AreaBook(cast.clerk, TODAY)

    with pytest.raises(BadValue, match=r"^白甸镇邹冯村不在您负责的范围内，请由当地经办人导入。$"):
        book.village(book.town("白甸镇"), "邹冯村")


def test_town_refuses_an_unknown_one_with_the_nearest(county: County, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"^没有名为“白殿镇”的镇街，相近的有：白甸镇，请检查名称。$"):
        AreaBook(cast.clerk, TODAY).town("白殿镇")
