"""The pages of the commitment, of duties, of publishing, and everything the public reads."""
