"""Plays many stories side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager

import httpx

from server.stories.always import Always, load_never_said
from server.stories.loading import LoadedStory
from server.stories.play import Player, Result

# A turn takes some ten milliseconds; the limit is for a machine that is busy with something else.
_TIMEOUT_SECONDS = 30.0


@contextmanager
def player_for(url: str, *, slack: float = 1.0) -> Iterator[Player]:
    """A player of stories against the server at ``url``."""
    with httpx.Client(base_url=url.rstrip("/"), timeout=_TIMEOUT_SECONDS) as client:
        yield Player(client, Always(load_never_said()), slack=slack)


def play_all(
    stories: Sequence[LoadedStory],
    player: Player,
    *,
    workers: int = 4,
    played: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Play stories, ``workers`` at a time, and return the results in the order of the stories.

    ``played`` is told of each as it ends.
    """
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="story") as pool:
        running = {pool.submit(player.play, story): place for place, story in enumerate(stories)}
        results: dict[int, Result] = {}
        try:
            for future in as_completed(running):
                results[running[future]] = future.result()
                played(results[running[future]])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [results[place] for place in sorted(results)]
