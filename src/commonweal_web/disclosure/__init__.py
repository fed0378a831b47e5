"""The public commitment, what it obliges the organisation to disclose, and the public pages."""
