const BEAT_MS = 10000;
const FROZEN_MS = 30000;
/** A fault that a new start does not mend must not make the screen start for ever. */
const AGAIN_MS = 600000;
const LAST = 'hean-stood-still';

/**
 * Notices that this page stood still: its program did not run for a while (the machine slept, a fault kept it busy), or
 * nothing was drawn although the screen is on. That the server is silent is the stream's to notice.
 */
export class Watchdog {
  /** @param {() => void} onFrozen   it stood still and runs again */
  constructor(onFrozen) {
    this._onFrozen = onFrozen;
    this._ran = performance.now();
    this._drawn = this._ran;
    this._frame = 0;
    setInterval(() => this._beat(), BEAT_MS);
  }

  _beat() {
    const now = performance.now();
    const stood = now - this._ran > FROZEN_MS;
    this._ran = now;
    // A screen that is off or hidden draws nothing, and need not.
    if (document.hidden) this._drawn = now;
    const blind = now - this._drawn > FROZEN_MS;
    if (stood || blind) {
      this._drawn = now;
      this._tell();
    }
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => { this._drawn = performance.now(); });
  }

  _tell() {
    const since = Date.now() - Number(sessionStorage.getItem(LAST));
    if (since >= 0 && since < AGAIN_MS) return;
    sessionStorage.setItem(LAST, String(Date.now()));
    this._onFrozen();
  }
}
