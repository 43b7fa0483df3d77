import { readSay } from './say.js';

/** @typedef {import('./types.js').Say} Say */

/** What the server says, and what is then shown and said. */
export class FromServer {
  /**
   * @param {import('./kiosk.js').Parts} parts
   * @param {object} others
   * @param {import('./visit.js').Visit} others.visit
   * @param {import('./broadcasts.js').Broadcasts} others.broadcasts
   * @param {(say: Say) => void} others.utter
   */
  constructor(parts, { visit, broadcasts, utter }) {
    this._parts = parts;
    this._visit = visit;
    this._broadcasts = broadcasts;
    this._utter = utter;
    this._welcome = /** @type {import('./types.js').Welcome|null} */ (null);
  }

  /** @returns {import('./types.js').Choice[]} what to press when a visit begins */
  get begin() {
    return this._welcome?.choices ?? [];
  }

  /** @returns {number|undefined} words a minute that the resident wants */
  get rate() {
    return this._welcome?.rates?.[this._parts.utterance.slow ? 'slow' : 'normal'];
  }

  /** @param {any} message */
  receive(message) {
    switch (message?.type) {
      case 'welcome': this._welcomed(message); break;
      case 'say': this._hear(readSay(message)); break;
      case 'more': this._parts.utterance.extend(message); break;
      case 'broadcast': this._broadcasts.receive(readSay(message)); break;
      case 'gesture': this._parts.performance.gesture(message.gesture); break;
      case 'stop': this._stopped(); break;
      case 'reload': this._parts.reload.soon(); break;
      case 'problem': this._parts.dialogue.refused(); break;
      default: // a newer server may say more than this page knows
    }
  }

  /** @param {Say} say  by whatever way it came */
  answer(say) {
    this._visit.announce();
    this._parts.sight.hide();
    this._parts.views.answer(say, this.begin);
    if (this._parts.views.urgent.open) this._parts.controls.closeKeyboard();
    this._utter(say);
  }

  /** The stream is gone. */
  lost() {
    this._visit.unannounced();
    this._parts.utterance.noMore();
    this._parts.dialogue.streamLost();
  }

  /** @param {'slow'|'problem'|'offline'} trouble */
  trouble(trouble) {
    if (trouble === 'offline') this._parts.connection.failed();
    this._parts.performance.rest();
    if (trouble !== 'offline') this._parts.views.notice.show(this._parts.texts.get(`notice.${trouble}`), 15000);
  }

  /** @param {import('./types.js').Welcome} welcome */
  _welcomed(welcome) {
    if (this._welcome && this._welcome.page_version !== welcome.page_version) this._parts.reload.want();
    this._welcome = welcome;
    this._parts.dialogue.sessionId = welcome.session_id ?? null;
    this._visit.setIdle(welcome.idle_seconds);
    this._parts.hearing.setAvailable(Boolean(welcome.hearing), welcome.pause_ms);
    this._parts.controls.setQuestions(welcome.questions ?? []);
    if (this._parts.utterance.none) this._parts.views.choices.show(this.begin);
    this._visit.announce();
    this._parts.reload.ifWanted();
  }

  /** @param {Say} say */
  _hear(say) {
    // Somebody is speaking into the microphone or aims a phone: a greeting must not cut in.
    if (!this._parts.hearing.busy && !this._parts.sight.busy) this._parts.dialogue.receive(say);
  }

  /** The server wants silence; it says so after every interruption, too. */
  _stopped() {
    if (this._parts.dialogue.confirmed() || !this._parts.performance.speaking) return;
    this._parts.performance.quiet();
    this._parts.performance.rest();
  }
}
