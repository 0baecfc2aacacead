"""Families for pages to show."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

from tests.conftest import County
from tests.small_register import SmallRegister


@pytest.fixture
def three_families(county: County) -> SmallRegister:
    """Two families in 曲塘镇, one next door."""
    register = SmallRegister()
    for area in (county.liuqiao, county.sunzhuang, county.zoufeng):
        register.family(area, 2)
    return register


@pytest.fixture(scope="session", autouse=True)
def told_of_pages(django_test_environment: None) -> Iterator[None]:
    """An answer keeps what its page was made of; Django keeps that of each part too, some fifty copies a page."""

    def rendered(template: Template, context: Context) -> SafeString:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", rendered)
        yield
