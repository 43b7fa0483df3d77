"""What every screen gets, whoever stands before it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.turn import to_json
from bot.welcome import Words
from server.kiosks.messages.visit import Rates, Welcome
from server.rotation import Rotation


@dataclass(frozen=True)
class Stage:
    """The page's version, its choices and tips, and how it behaves; ``hearing``: is speech recognised now?"""

    page_version: str
    idle_seconds: float
    hearing: Callable[[], bool]
    pause_ms: int
    rate_normal: int
    rate_slow: int
    words: Callable[[], Words]
    greetings: Rotation
    wants_silence: Callable[[str], bool]

    def welcome(self, kiosk_id: str, session_id: str) -> Welcome:
        """The welcome of one visit."""
        words = self.words()
        return Welcome(
            session_id=session_id,
            kiosk_id=kiosk_id,
            page_version=self.page_version,
            idle_seconds=self.idle_seconds,
            hearing=self.hearing(),
            pause_ms=self.pause_ms,
            rates=Rates(normal=self.rate_normal, slow=self.rate_slow),
            choices=to_json(words.choices),
            questions=to_json(words.questions),
            tips=list(words.tips),
        )


def page_version(pages: Path) -> str:
    """Changes whenever a file of the page does; screens then load it anew."""
    digest = hashlib.sha256()
    for path in sorted(path for path in pages.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(pages)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
