"""The pages of the systems room, by what they are about."""
