"""The addresses of the registry interface: one base for each register, the standard's paths below it."""

from django.urls import path

from anmin.api.dci import backs, views

urlpatterns = [
    path("oauth2/token", views.token),
    path(".well-known/jwks.json", views.jwks),
    path("openapi.json", views.openapi),
    path("back/registry/on-search", backs.on_search),
    path("back/registry/txn/on-status", backs.on_status),
    path("back/registry/on-subscribe", backs.on_subscribe),
    path("back/registry/on-unsubscribe", backs.on_unsubscribe),
    path("back/registry/notify", backs.notify),
    path("<str:register>/registry/sync/search", views.sync_search),
    path("<str:register>/registry/search", views.search),
    path("<str:register>/registry/sync/txn/status", views.sync_txn_status),
    path("<str:register>/registry/txn/status", views.txn_status),
    path("<str:register>/registry/subscribe", views.subscribe),
    path("<str:register>/registry/unsubscribe", views.unsubscribe),
    path("<str:register>/registry/sync/disabled", views.disability, {"with_details": False}),
    path("<str:register>/registry/sync/get-disability-details", views.disability, {"with_details": True}),
]
