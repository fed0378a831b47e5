"""The pages of the evidence room: the same for staff and for workers, each in its own frame."""
