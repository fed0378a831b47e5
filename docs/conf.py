"""How the documentation is built: Sphinx with Markdown, every warning an error."""

from importlib.metadata import version as installed_version

project = "Commonweal"
author = "the Commonweal authors"
copyright = "2026, the Commonweal authors"
release = version = installed_version("commonweal")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
# Examples leave parts out with “…”, which no Python lexer reads.
suppress_warnings = ["misc.highlighting_failure"]

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
nitpicky = False

html_theme = "furo"
html_title = "Commonweal"
