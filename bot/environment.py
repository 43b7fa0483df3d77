"""Process environment that Rasa and its libraries read while they are imported.

Called once by every program before the first import of Rasa; setting these later has no effect.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path


def prepare() -> None:
    """Switch telemetry off, quieten libraries, and give caches a writable place. Explicit settings win."""
    scratch = Path(tempfile.gettempdir()) / "hean"
    defaults = {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "MPLCONFIGDIR": str(scratch / "matplotlib"),
        "MPLBACKEND": "Agg",
        # Small matrices: threads cost more than they give, and two cores are shared with speech.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message=".*pkg_resources.*")
