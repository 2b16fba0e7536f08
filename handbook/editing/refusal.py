"""Why a command wrote nothing."""

from __future__ import annotations


class EditRefused(Exception):
    """What was asked cannot be done, and nothing was written. The message says why, and what to do."""
