"""Bringing in an organisation's list of AI uses: read, recognise, understand, write out again.

`reading.read_register` gives a `table.Table`; `interpret.interpret` turns its rows into uses by a
format of `mapping_file`; `suggest` drafts a format; `writing` exports. Nothing is lost.
"""
