"""The house: settings, start-up, and what every room is declared with.

No room's subject lives here. A room says everything about itself in its `room.py`; this package
only collects those declarations and serves them.
"""
