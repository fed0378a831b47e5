"""Uses of AI: their stages, gates, classification, hard blocks and what needs attention."""
