"""Reads of the record."""
from __future__ import annotations

from commonweal_web.record.verification import verify_record

__all__ = ["verify_record"]
