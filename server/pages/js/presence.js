/**
 * Whether somebody is there, told by touch and keys. After a while without them, and with nothing going on, the visit
 * is over.
 */
export class Presence {
  /**
   * @param {object} options
   * @param {() => boolean} options.busy      she speaks, thinks or listens
   * @param {() => void} options.onArrive     the first touch of a visit
   * @param {() => void} options.onLeave
   */
  constructor({ busy, onArrive, onLeave }) {
    this._busy = busy;
    this._onArrive = onArrive;
    this._onLeave = onLeave;
    this._idleMs = 60000;
    this._timer = 0;
    this.here = false;
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
      document.addEventListener(kind, () => this.touched(), { capture: true, passive: true });
    }
  }

  /** @param {number} seconds */
  setIdle(seconds) {
    if (seconds > 0) this._idleMs = seconds * 1000;
    if (this.here) this._restart();
  }

  touched() {
    this._restart();
    if (this.here) return;
    this.here = true;
    this._onArrive();
  }

  /** Something ended just now (an answer was spoken): the wait begins anew. */
  restart() {
    if (this.here) this._restart();
  }

  _restart() {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._expired(), this._idleMs);
  }

  _expired() {
    if (this._busy()) {
      this._restart();
      return;
    }
    this.here = false;
    this._onLeave();
  }
}
