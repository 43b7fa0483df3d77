/** How long (ms) the first touch of a visit may take to become a press of a button. */
const FIRST_PRESS_MS = 1500;

/**
 * Whether somebody is there, told by touch and keys. After a while without them, and with nothing going on, the visit
 * is over.
 */
export class Presence {
  /**
   * @param {object} options
   * @param {() => boolean} options.busy      she speaks, thinks or listens
   * @param {() => void} options.onArrive     the first touch of a visit
   * @param {() => void} options.onSettled    that touch is over and whatever it pressed has been pressed
   * @param {() => void} options.onLeave
   */
  constructor({ busy, onArrive, onSettled, onLeave }) {
    this._busy = busy;
    this._onArrive = onArrive;
    this._onSettled = onSettled;
    this._onLeave = onLeave;
    this._idleMs = 60000;
    this._timer = 0;
    this._settling = 0;
    this.here = false;
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
      document.addEventListener(kind, () => this.touched(), { capture: true, passive: true });
    }
    // The buttons have heard the click before it comes up here.
    document.addEventListener('click', () => this._settle());
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
    this._settling = setTimeout(() => this._settle(), FIRST_PRESS_MS);
  }

  /** Something ended just now (an answer was spoken): the wait begins anew. */
  restart() {
    if (this.here) this._restart();
  }

  _settle() {
    if (!this._settling) return;
    clearTimeout(this._settling);
    this._settling = 0;
    this._onSettled();
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
    clearTimeout(this._settling);
    this._settling = 0;
    this._onLeave();
  }
}
