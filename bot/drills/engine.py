"""The drill as a pure state machine: a state and an utterance in, a state and what to say out.

However the resident answers, a run ends: every utterance costs a turn, a scenario has a bound on turns, and
stop words and real emergencies leave at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot import placeholders
from bot.drills.move_model import MoveModel
from bot.drills.moves import Heard, MoveRecogniser
from bot.drills.phrases import ChoiceWords, DrillPhrases
from bot.drills.scenario import Expectation, Kind, Move, Scenario, ScenarioLine, Step
from bot.drills.score import score
from bot.drills.state import DrillState, DrillStep, Status, gauge
from bot.identifiers import Dialect, DrillOutcome, Gesture
from bot.turn import Choice, DebriefItem, DrillFacts, DrillView, Line

_HEAN = "hean"
_ROLE = "role"
_MOST_CHOICES = 4
_MOST_CLUES_SPOKEN = 2
_UNCLEAR_BEFORE_CHOICES = 1
# Of the ten of the gauge: more than a slip of the tongue.
_MUCH_TOLD = 3
_CHECKING = frozenset({Move.VERIFY, Move.HANG_UP, Move.REPORT})
GUARDING = frozenset({Move.VERIFY, Move.REFUSE, Move.HANG_UP, Move.REPORT})
# What stands in when a step does not list a move. Never from something harmless to giving in further.
_STANDS_IN: dict[Move, tuple[Move, ...]] = {
    Move.REPORT: (Move.HANG_UP, Move.REFUSE),
    Move.HANG_UP: (Move.REPORT, Move.REFUSE),
    Move.REFUSE: (Move.HANG_UP, Move.REPORT),
    Move.VERIFY: (),
    Move.STALL: (Move.ASK,),
    Move.ASK: (Move.STALL,),
    Move.PAY: (Move.COMPLY,),
    Move.DISCLOSE: (Move.COMPLY,),
    Move.COMPLY: (),
}


def accepted(expectations: dict[Move, Expectation], move: Move) -> Move | None:
    """The listed move that a made move counts as, or ``None``."""
    return next((m for m in (move, *_STANDS_IN[move]) if m in expectations), None)


class DrillEngine:
    """Runs drills. Holds only the engine's own words; ``fill`` puts hotline numbers in the place of
    ``{police}``.

    With ``choices_at_once`` the buttons are there from the first line, for kiosks at which not everybody can
    speak or type; otherwise they come after unclear speech. Without ``move_model`` only listed phrases are heard.
    """

    def __init__(
        self,
        phrases: DrillPhrases,
        *,
        fill: Callable[[str], str] = str,
        choices_at_once: bool = True,
        move_model: MoveModel | None = None,
    ) -> None:
        self._phrases = phrases
        self._fill = fill
        self._choices_at_once = choices_at_once
        self.moves = MoveRecogniser(phrases, model=move_model)

    def begin(self, scenario: Scenario, run_id: str, dialect: Dialect = Dialect.CMN) -> tuple[DrillState, DrillStep]:
        """Open a drill: say that it is one, set the scene, speak the first lines."""
        first = scenario.steps[0]
        state = DrillState(run_id, scenario.id, scenario.version, first.id, dialect)
        state = _entered(scenario, state, first)
        say = self._phrases.say
        lines = [self._hean(say.begin, scenario.intro, say.how_to_stop), self._hean(scenario.opening)]
        lines += self._spoken(scenario, state, first.lines)
        return state, self._step(scenario, state, lines, Gesture.ROLEPLAY)

    def advance(self, scenario: Scenario, state: DrillState, heard: Heard) -> tuple[DrillState, DrillStep]:
        """Answer one utterance. A run that is over stays as it is and says so."""
        if not state.running:
            return state, self._step(scenario, state, [self._hean(self._phrases.say.already_over)], Gesture.EXPLAIN)
        if any(self.moves.is_real_emergency(version) for version in heard.versions()):
            return self.interrupt(scenario, state)
        if any(self.moves.is_stop(version) for version in heard.versions()):
            return self.leave(scenario, state)
        state = replace(state, turns=state.turns + 1)
        step = scenario.step(state.step)
        if step is None:  # the scenario was edited under this run and its step is gone
            return self._too_long(scenario, state)
        asked, state = state.asking_reality, replace(state, asking_reality=False)
        if asked and self.moves.goes_on(heard.text):
            lines = [self._hean(self._phrases.say.back_to_drill)]
            return self._stay(
                scenario, state, [*lines, *self._spoken(scenario, state, step.lines_under(state.pressure))]
            )
        if asked and self.moves.may_be_real(heard.text):
            return self.interrupt(scenario, state)
        expectations = scenario.expectations(step)
        phrases = {move: expectation.phrases for move, expectation in expectations.items()}
        made = self.moves.moves(heard, phrases, scenario.kind)
        if not asked and any(self.moves.may_be_real(version) for version in heard.versions()):
            state = replace(state, asking_reality=True)
            return self._stay(scenario, state, [self._hean(self._phrases.say.is_it_real)])
        taken = _taken(expectations, made)
        if taken is None:
            return self._unclear(scenario, state, step, made)
        return self._moved(scenario, state, step, taken, made, expectations[taken])

    def leave(self, scenario: Scenario, state: DrillState) -> tuple[DrillState, DrillStep]:
        """Stop a drill early, whatever its state."""
        if not state.running:
            return state, self._step(scenario, state, [self._hean(self._phrases.say.already_over)], Gesture.EXPLAIN)
        state = replace(state, status=Status.QUIT, outcome=DrillOutcome.QUIT, asking_reality=False)
        text = scenario.outcomes.get(DrillOutcome.QUIT, self._phrases.say.stopped)
        return state, self._step(scenario, state, [self._hean(self._phrases.say.end, text)], Gesture.COMFORT)

    def interrupt(self, scenario: Scenario, state: DrillState) -> tuple[DrillState, DrillStep]:
        """Leave a drill at once because something real has happened; the caller helps."""
        state = replace(state, status=Status.QUIT, outcome=DrillOutcome.QUIT, asking_reality=False)
        lines = [self._hean(self._phrases.say.emergency)]
        return state, replace(self._step(scenario, state, lines, Gesture.WARN), emergency=True, choices=())

    def _too_long(self, scenario: Scenario, state: DrillState) -> tuple[DrillState, DrillStep]:
        state = replace(state, status=Status.QUIT, outcome=DrillOutcome.QUIT)
        say = self._phrases.say
        lines = [
            self._hean(say.end, say.too_long),
            self._hean(placeholders.fill(say.right_step, {"advice": scenario.debrief})),
        ]
        return state, self._step(scenario, state, lines, Gesture.COMFORT)

    def _unclear(
        self, scenario: Scenario, state: DrillState, step: Step, made: tuple[Move, ...]
    ) -> tuple[DrillState, DrillStep]:
        # A question that the scenario has no answer to is still a sign of being on guard.
        state = _remember(state, step, made)
        first = state.unclear < _UNCLEAR_BEFORE_CHOICES
        state = replace(state, unclear=state.unclear + 1)
        lines = self._spoken(scenario, state, (step.nudge_under(state.pressure),))
        if not first:
            lines = [*lines, self._hean(self._phrases.say.unclear)]
        return self._stay(scenario, state, lines)

    def _moved(
        self,
        scenario: Scenario,
        state: DrillState,
        step: Step,
        taken: Move,
        made: tuple[Move, ...],
        expectation: Expectation,
    ) -> tuple[DrillState, DrillStep]:
        state = _remember(state, step, (taken, *(m for m in made if m is not taken)))
        noticed = [
            clue.id
            for clue in scenario.clues
            if clue.step == step.id and clue.id not in state.noticed and {taken, *made} & set(clue.noticed_by)
        ]
        state = replace(
            state,
            unclear=0,
            pressure=gauge(state.pressure + expectation.pressure),
            disclosure=gauge(state.disclosure + expectation.disclosure),
            noticed=(*state.noticed, *noticed),
        )
        feedback = [self._hean(expectation.feedback)] if expectation.feedback else []
        reply = self._spoken(scenario, state, expectation.reply)
        if expectation.outcome is not None:
            state, drill_step = self._finish(scenario, state, expectation.outcome, [*reply], feedback)
            return state, replace(drill_step, move=taken)
        if expectation.next is None:
            state = replace(state, stayed=state.stayed + 1)
            lines = [*feedback, *reply] or self._spoken(scenario, state, (step.nudge_under(state.pressure),))
            state, drill_step = self._stay(scenario, state, lines)
            return state, replace(drill_step, move=taken)
        if state.turns >= scenario.max_turns:
            return self._too_long(scenario, state)
        following = scenario.step(expectation.next)
        if following is None:
            return self._too_long(scenario, state)
        state = _entered(scenario, replace(state, step=following.id, stayed=0), following)
        lines = [
            *feedback,
            *reply,
            *self._spoken(scenario, state, following.lines_under(state.pressure, eased=expectation.pressure < 0)),
        ]
        return state, replace(self._step(scenario, state, lines, Gesture.ROLEPLAY), move=taken)

    def _stay(self, scenario: Scenario, state: DrillState, lines: list[Line]) -> tuple[DrillState, DrillStep]:
        if state.turns >= scenario.max_turns:
            return self._too_long(scenario, state)
        return state, self._step(scenario, state, lines, Gesture.ROLEPLAY)

    def _finish(
        self,
        scenario: Scenario,
        state: DrillState,
        outcome: DrillOutcome,
        last: list[Line],
        feedback: list[Line],
    ) -> tuple[DrillState, DrillStep]:
        state = replace(state, status=Status.FINISHED, outcome=outcome)
        state = replace(state, score=score(state, scenario.kind))
        say = self._phrases.say
        clues = {clue.id: clue for clue in scenario.clues}
        noticed = [clues[i].text for i in state.noticed][:_MOST_CLUES_SPOKEN]
        missed = [clues[i].text for i in state.shown if i not in state.noticed][:_MOST_CLUES_SPOKEN]
        lines = [
            *last,
            self._hean(say.end),
            *feedback,
            self._hean(scenario.outcomes.get(outcome, say.stopped)),
        ]
        if noticed:
            lines.append(self._hean(placeholders.fill(say.noticed, {"clues": say.joiner.join(noticed)})))
        if missed:
            lines.append(self._hean(placeholders.fill(say.missed, {"clues": say.joiner.join(missed)})))
        if state.disclosure:
            lines.append(self._hean(say.told_much if state.disclosure >= _MUCH_TOLD else say.told_some))
        lines.append(self._hean(placeholders.fill(say.right_step, {"advice": scenario.debrief})))
        right = outcome in (DrillOutcome.REPORTED, DrillOutcome.TRUSTED)
        return state, self._step(scenario, state, lines, Gesture.PRAISE if right else Gesture.COMFORT)

    def _spoken(self, scenario: Scenario, state: DrillState, lines: Iterable[ScenarioLine]) -> list[Line]:
        result = []
        for line in lines:
            words = self._fill(line.in_dialect(state.dialect))
            member = scenario.speaker(line)
            if member is None:
                result.append(self._hean(words))
            else:
                shown = f"{self._phrases.say.mark}{member.name}：{words}"
                result.append(Line(_ROLE, shown, words, member.voice.value))
        return result

    def _hean(self, *parts: str) -> Line:
        words = self._fill("".join(parts))
        return Line(_HEAN, words, words)

    def _step(self, scenario: Scenario, state: DrillState, lines: list[Line], gesture: Gesture) -> DrillStep:
        return DrillStep(tuple(lines), self._choices(scenario, state), gesture, self._view(scenario, state))

    def _view(self, scenario: Scenario, state: DrillState) -> DrillView:
        debrief: tuple[DebriefItem, ...] = ()
        if state.status is Status.FINISHED:
            debrief = tuple(
                DebriefItem(self._fill(clue.text), clue.id in state.noticed, self._fill(clue.advice))
                for clue in scenario.clues
                if clue.id in state.shown
            )
        return DrillView(
            state.run_id,
            scenario.id,
            scenario.title,
            state.step,
            state.status.value,
            state.outcome,
            state.score,
            debrief,
            DrillFacts(
                version=state.version,
                kind=scenario.kind.value,
                scam_type=scenario.scam_type or scenario.mirror_of,
                difficulty=scenario.difficulty,
                channel=scenario.channel.value,
                turns=state.turns,
                first_verification=state.first_checked,
                disclosures=state.disclosure,
            ),
        )

    def _choices(self, scenario: Scenario, state: DrillState) -> tuple[Choice, ...]:
        words = self._phrases.choices
        if not state.running:
            return tuple(_choice(item) for item in words.after)[:_MOST_CHOICES]
        if state.asking_reality:
            return tuple(_choice(item) for item in (words.really_happened, words.only_drill, words.stop))
        step = scenario.step(state.step)
        wanted = self._choices_at_once or state.unclear > _UNCLEAR_BEFORE_CHOICES or state.stayed > 1
        if step is None or not wanted:
            return ()
        picked = _picked_moves(scenario, step)
        # The order changes from run to run, so that the place of a button does not give the answer away.
        picked.sort(key=lambda move: hashlib.sha256(f"{state.run_id}{step.id}{move.value}".encode()).digest())
        offered = [self._choice_for(scenario.expectations(step)[move], move) for move in picked]
        return (*offered, _choice(words.stop))

    def _choice_for(self, expectation: Expectation, move: Move) -> Choice:
        if expectation.phrases:
            return Choice(expectation.phrases[0], expectation.phrases[0])
        return _choice(self._phrases.choices.moves[move])


def _picked_moves(scenario: Scenario, step: Step) -> list[Move]:
    """Up to three moves for the buttons: one that gives in, one that protects, one between, in this order."""
    expectations = scenario.expectations(step)
    if scenario.kind is Kind.SCAM:
        groups: tuple[tuple[Move, ...], ...] = (
            (Move.PAY, Move.DISCLOSE, Move.COMPLY),
            (Move.HANG_UP, Move.REFUSE, Move.REPORT),
            (Move.VERIFY, Move.ASK, Move.STALL),
        )
    else:
        groups = (
            (Move.VERIFY, Move.ASK),
            (Move.REPORT, Move.REFUSE, Move.HANG_UP),
            (Move.COMPLY, Move.DISCLOSE, Move.PAY, Move.STALL),
        )
    picked: list[Move] = []
    for group in groups:
        own = [move for move in group if move in step.expects] or [move for move in group if move in expectations]
        picked += own[:1]
    return picked


def _taken(expectations: dict[Move, Expectation], made: tuple[Move, ...]) -> Move | None:
    for move in made:
        listed = accepted(expectations, move)
        if listed is not None:
            return listed
        if move not in (Move.ASK, Move.STALL):
            return None
    return None


def _remember(state: DrillState, step: Step, made: tuple[Move, ...]) -> DrillState:
    guarded = state.first_guarded or (state.turns if GUARDING & set(made) else None)
    verified = state.first_verified or (state.turns if Move.VERIFY in made else None)
    checked = state.first_checked or (state.turns if _CHECKING & set(made) else None)
    moves = (*state.moves, *((step.id, move) for move in made[:1]))
    return replace(state, first_guarded=guarded, first_verified=verified, first_checked=checked, moves=moves)


def _entered(scenario: Scenario, state: DrillState, step: Step) -> DrillState:
    new = tuple(clue.id for clue in scenario.clues if clue.step == step.id and clue.id not in state.shown)
    return replace(state, step=step.id, shown=(*state.shown, *new))


def _choice(words: ChoiceWords) -> Choice:
    return Choice(words.title, words.text)
