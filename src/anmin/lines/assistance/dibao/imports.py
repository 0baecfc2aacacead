"""The list of those who are on dibao when the platform starts; nobody gets onto it by a file otherwise."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.assistance.dibao.benefit import DIBAO
from anmin.lines.assistance.dibao.vocabulary import ReviewClass, Route

REGISTER = held_list(
    DIBAO,
    sender="社会救助科",
    full="最低生活保障",
    routes={str(route.label): route.value for route in Route},
    single=Route.SINGLE.value,
    review_classes={
        **{value: value for value in ReviewClass.values},
        **{f"{value}类": value for value in ReviewClass.values},
    },
)

FORMS = (REGISTER,)
