"""Finding articles however the query is typed."""
