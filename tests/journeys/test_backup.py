"""A backup taken while the server writes, and everything that keeps a wrong one from coming back.

Real processes on real databases: SQLite, and PostgreSQL as well when the tests run on it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from journeys_writing import (
    JUDGE,
    PREPARE,
    Answers,
    administer,
    first_fault,
    free_port,
    kill,
    run,
    start,
)
