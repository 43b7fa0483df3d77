"""What a program under test costs is read from the system."""

from __future__ import annotations

import sys
from pathlib import Path

from server.bench.processes import memory_mb, processor_seconds, running

# A child that works for half a second of processor time, says so and waits.
_WORK = r"""
import subprocess, sys, time
work = "import time\nwhile time.process_time() < 0.5: pass\nprint('done', flush=True)\ntime.sleep(60)"
subprocess.run([sys.executable, "-c", work])
"""


def test_the_time_of_children_counts(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running([sys.executable, "-c", _WORK], cwd=tmp_path, log=log, environment={}) as process:
        while "done" not in log.read_text():
            assert process.poll() is None
        used = processor_seconds(process)
        assert memory_mb(process) > 1
    assert len(used) == 2
    assert process.pid in used
    assert max(seconds for _, seconds in used.values()) >= 0.4
