"""Writes of the search: the index, which is derived from the rows of other rooms."""

from commonweal_web.search.actions.indexing import follow_rows, index_rows, rebuild

__all__ = ["follow_rows", "index_rows", "rebuild"]
