"""Addresses of the search."""

from django.urls import path

from commonweal_web.search import views

desk = [path("search/", views.at_the_desk, name="results")]
my = [path("search/", views.of_own_work, name="results")]
