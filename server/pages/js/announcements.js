/** @typedef {import('./types.js').Say} Say */

/** What is older (ms) is news no more. */
const KEPT_MS = 30 * 60000;
const MOST = 3;

/** Announcements to everybody that wait for a quiet moment: the latest few, in the order in which they came. */
export class Announcements {
  constructor() {
    this._waiting = /** @type {{say: Say, came: number}[]} */ ([]);
  }

  /** @param {Say} say */
  add(say) {
    this._waiting = [...this._waiting, { say, came: performance.now() }].slice(-MOST);
  }

  /** @returns {Say|null} the next one, which waits no more */
  take() {
    const now = performance.now();
    this._waiting = this._waiting.filter(({ came }) => now - came < KEPT_MS);
    return this._waiting.shift()?.say ?? null;
  }
}
