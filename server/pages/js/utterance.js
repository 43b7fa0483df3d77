import { withMore, withoutMore } from './say.js';

/** @typedef {import('./types.js').Say} Say */

/** What she says or said last: more of it may come, it can be said again, and slower. */
export class Utterance {
  /** @param {import('./performance.js').Performance} performance */
  constructor(performance) {
    this._performance = performance;
    this._last = /** @type {(Say & {slow: boolean})|null} */ (null);
    /** Whether the resident wants to hear her slowly. */
    this.slow = false;
  }

  /** Whether nothing has been said in this visit. */
  get none() {
    return this._last === null;
  }

  /** @returns {string|null} the turn that is being spoken at this moment */
  get turn() {
    return this._performance.speaking ? this._last?.turn_id ?? null : null;
  }

  /** @param {Say} say */
  begin(say) {
    this._last = { ...say, slow: this.slow };
    this._performance.speak(this._last, this.slow);
  }

  /** @param {any} message  ``more`` of it, or of something that is not said any more */
  extend(message) {
    this._replace((last) => withMore(last, message));
  }

  /** What was not sent of it will not come any more. */
  noMore() {
    this._replace(withoutMore);
  }

  /** @returns {boolean} whether there was something to say again */
  again() {
    this.noMore(); // whoever stopped her before it came can read the rest
    if (!this._last) return false;
    this._performance.speak(this._last, this.slow);
    return true;
  }

  /** For the next resident. */
  forget() {
    this._performance.forget();
    this._last = null;
    this.slow = false;
  }

  /** @param {(last: Say) => Say} extended  the same when there is nothing to add */
  _replace(extended) {
    if (!this._last) return;
    const say = extended(this._last);
    if (say === this._last) return;
    this._last = { ...say, slow: this._last.slow };
    this._performance.extend(this._last);
  }
}
