"""What the ZIP reader raises for a damaged archive."""

from __future__ import annotations

import zipfile
import zlib

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""A wrong flag asks for a password (RuntimeError) or an unknown method (NotImplementedError)."""
