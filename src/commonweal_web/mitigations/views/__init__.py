"""The pages of the room of risks."""
