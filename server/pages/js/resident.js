/** What the resident does: asks, has it said again, stops her, slows her down, takes the word. */
export class Resident {
  /** @param {import('./kiosk.js').Parts} parts */
  constructor(parts) {
    this._parts = parts;
  }

  /** @param {'text'|'choice'} type @param {string} text */
  ask(type, text) {
    this._parts.performance.quiet();
    this._parts.hearing.cancel();
    this._parts.views.notice.clear();
    this._parts.performance.think(this._parts.texts.get('state.thinking'));
    this._parts.dialogue.ask(type, text, this._parts.hearing.dialectOf(text));
  }

  /** @param {string} text  that was written; may be empty */
  send(text) {
    if (text) this.ask('text', text);
    else this._parts.views.notice.show(this._parts.texts.get('notice.empty'));
  }

  leaveDrill() {
    this.ask('text', this._parts.texts.get('drill.stop.said'));
  }

  repeat() {
    if (this._parts.dialogue.waiting) return;
    if (!this._parts.utterance.again()) this._parts.views.notice.show(this._parts.texts.get('notice.nothing'));
  }

  /** Wants silence. */
  silence() {
    this._parts.hearing.cancel();
    this.interrupt();
    this._parts.performance.rest();
    this._parts.views.notice.show(this._parts.texts.get('notice.stopped'), 4000);
  }

  /** Whoever touches her wants her to stop, as with a person. */
  touchHer() {
    if (this._parts.performance.speaking) this.silence();
  }

  /** Nothing of what was going on is said any more. */
  interrupt() {
    const turn = this._parts.utterance.turn;
    this._parts.performance.quiet();
    this._parts.dialogue.interrupt(turn);
  }

  /** Whoever writes has the word; what was to be read stays. */
  beginToWrite() {
    if (!this._parts.performance.speaking || this._parts.dialogue.waiting) return;
    this.interrupt();
    this._parts.performance.rest();
  }

  /** Whoever speaks or shows something has it, too. */
  takeTheWord() {
    this._parts.views.notice.clear();
    if (this._parts.dialogue.waiting || this._parts.performance.speaking) this.interrupt();
    this._parts.performance.listen();
  }

  changePace() {
    const slow = !this._parts.utterance.slow;
    this._parts.utterance.slow = slow;
    this._parts.controls.showSlow(slow);
    this._parts.views.notice.show(this._parts.texts.get(slow ? 'notice.slower.on' : 'notice.slower.off'), 4000);
  }
}
