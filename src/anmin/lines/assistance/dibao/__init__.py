"""Dibao (最低生活保障): the subsistence allowance that tops a household's income up to the standard."""
