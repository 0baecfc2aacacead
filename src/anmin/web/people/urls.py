"""Addresses of the search, of persons and of households, and of the forms that keep them up to date."""

from django.urls import path

from anmin.web.people import editing_facts, editing_households, editing_persons, household, lists, person, search

urlpatterns = [
    path("search", search.search, name="search"),
    path("search/suggest", search.suggest, name="search-suggest"),
    path("people", lists.people, name="people"),
    path("people/new", editing_persons.register, name="person-new"),
    path("people/<int:person_id>", person.person, name="person"),
    path("people/<int:person_id>/reveal", person.reveal, name="person-reveal"),
    path("people/<int:person_id>/change", editing_persons.change, name="person-change"),
    path("people/<int:person_id>/death", editing_persons.death, name="person-death"),
    path("people/<int:person_id>/no-death", editing_persons.no_death, name="person-no-death"),
    path("people/<int:person_id>/facts/new", editing_facts.choose, name="fact-choose"),
    path("people/<int:person_id>/facts/new/<str:kind>", editing_facts.record, name="fact-new"),
    path("people/<int:person_id>/supporters/new", editing_households.add_supporter, name="supporter-new"),
    path("people/facts/<int:fact_id>/correct", editing_facts.correct, name="fact-correct"),
    path("people/facts/<int:fact_id>/withdraw", editing_facts.withdraw, name="fact-withdraw"),
    path("people/supporters/<int:supporter_id>/end", editing_households.end_supporter, name="supporter-end"),
    path("households", lists.households, name="households"),
    path("households/new", editing_households.open_household, name="household-new"),
    path("households/<int:household_id>", household.household, name="household"),
    path("households/<int:household_id>/members/new", editing_households.add_member, name="member-new"),
    path("households/members/<int:member_id>/end", editing_households.end_member, name="member-end"),
]
