"""The pages of the workplaces room."""
