/**
 * Keeps answers that nobody waits for any more from being spoken.
 *
 * An answer is stale when its turn has been heard or cut off before, or when the resident pressed stop (or the visit
 * ended) while it was still being made.
 */
export class TurnGuard {
  constructor() {
    this._over = /** @type {Set<string>} */ (new Set());
    this._current = /** @type {string|null} */ (null);
    this._abandoned = false;
  }

  /** A question goes out: from now on answers are welcome again. */
  asked() {
    this._abandoned = false;
    this._finishCurrent();
  }

  /**
   * The resident wants silence.
   *
   * @param {boolean} waiting  an answer is still to come
   */
  interrupted(waiting) {
    this._finishCurrent();
    if (waiting) this._abandoned = true;
  }

  /**
   * @param {string|null} turnId
   * @returns {boolean} whether this answer may be shown; it is then the current one
   */
  accept(turnId) {
    if (turnId !== null && (this._over.has(turnId) || turnId === this._current)) return false;
    if (this._abandoned) {
      if (turnId !== null) this._over.add(turnId);
      return false;
    }
    this._finishCurrent();
    this._current = turnId;
    return true;
  }

  /** Another resident: nothing of before is waited for, everything new is welcome. */
  reset() {
    this._finishCurrent();
    this._abandoned = false;
  }

  _finishCurrent() {
    if (this._current !== null) this._over.add(this._current);
    this._current = null;
    if (this._over.size > 200) this._over = new Set([...this._over].slice(-100));
  }
}
