"""A library when something goes wrong: kills, a full disk, other processes, damaged files, other formats."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import catalog, schemas
from stemmata.errors import FolderError, FormatError, LockedError
from stemmata.folder import Folder
from tests.crashing import crash
from tests.prose import prose
