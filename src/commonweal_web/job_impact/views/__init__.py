"""The pages of an assessment: at the desk, on a worker's phone, and behind an invitation link."""
