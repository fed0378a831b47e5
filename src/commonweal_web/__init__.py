"""The record of what happened, the people, the pages and the API."""
