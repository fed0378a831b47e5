"""The look of Commonweal: base templates, components, static files."""
