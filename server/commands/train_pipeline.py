"""Training with everything that has to hold before a model may serve: validate, train, evaluate, canary, swap."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bot.content_check import content_faults
from bot.training import TrainingFailed, accept, reject, train_candidate, up_to_date
from bot.understanding_build import load_understander
from server.settings import Settings

_STAGES = ("validate", "train", "evaluate", "canary", "swap")
_LAST_LINES = 15


class Pipeline:
    """Makes the model of the present sources serve, or leaves everything as it was."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self._settings = settings
        self._console = console

    def run(self, *, force: bool = False) -> Path:
        """Run all stages; returns the model that serves.

        Raises:
            TrainingFailed: a stage failed; what served before serves on. Says what to do.
        """
        bot = self._settings.bot
        serving = up_to_date(bot, self._say, force=force)
        if serving is not None:
            load_understander(bot.data_dir, bot.models_dir, self._say)
            return serving
        self._stage(0, self._validate)
        candidate = self._stage(1, lambda: self._train(force))
        try:
            self._stage(2, self._evaluate)
            self._stage(3, lambda: self._canary(candidate))
        except BaseException:
            reject(candidate)
            raise
        path = self._stage(4, lambda: accept(bot, candidate))
        self._say(f"{path} serves now. A running server takes it over within seconds; conversations go on.")
        return path

    def _stage(self, number: int, work: Callable[[], Path]) -> Path:
        name = _STAGES[number]
        self._say(f"[{number + 1}/{len(_STAGES)}] {name} …")
        try:
            return work()
        except TrainingFailed as error:
            raise TrainingFailed(
                f"{name} failed, and the model that served before serves on.\n{error}\n"
                "Mend that and run `hean train` again."
            ) from error
        except OSError as error:
            raise TrainingFailed(
                f"{name} failed, and the model that served before serves on: {error}. Is the disk full?"
            ) from error

    def _validate(self) -> Path:
        bot = self._settings.bot
        faults = content_faults(bot.data_dir)
        if faults:
            raise TrainingFailed("\n".join(str(fault) for fault in faults))
        data = [str(bot.data_dir / topic) for topic in ("nlu", "rules", "stories")]
        command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings", "--data", *data]
        command += ["--domain", str(bot.domain_file), "--config", str(bot.config_file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = (done.stdout + done.stderr).strip().splitlines()[-_LAST_LINES:]
            raise TrainingFailed("\n".join(lines))
        return bot.data_dir

    def _train(self, force: bool) -> Path:
        bot = self._settings.bot
        load_understander(bot.data_dir, bot.models_dir, self._say)
        return train_candidate(bot, self._say, force=force)

    def _evaluate(self) -> Path:
        from server.evaluation.console import OWN_PACKS, evaluate_packs, missed_bars

        packs = sorted(OWN_PACKS.glob("*.jsonl"))
        if not packs:
            self._say(f"No packs in {OWN_PACKS}: nothing to measure here.")
            return OWN_PACKS
        quiet = Console(quiet=True)
        results = evaluate_packs(packs, self._settings, quiet, url=None, html=None, show_worst=0, quiet=True)
        missed = missed_bars(results, OWN_PACKS / "bars.yml")
        if missed:
            raise TrainingFailed("\n".join(f"below the bar: {sentence}" for sentence in missed))
        self._say(f"{sum(len(result.scored) for result in results)} texts of {len(results)} packs: all bars are met.")
        return OWN_PACKS

    def _canary(self, candidate: Path) -> Path:
        from actions.registry import all_actions
        from bot.conversation_build import build_conversation

        async def tried() -> list[str]:
            conversation = build_conversation(self._settings.bot, all_actions, model=candidate)
            try:
                await conversation.start()
                return await conversation.try_canaries()
            finally:
                await conversation.stop()

        missed = asyncio.run(tried())
        if missed:
            raise TrainingFailed("\n".join(missed))
        return candidate

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False)
