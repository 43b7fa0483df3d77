const BLINK_MS = 130;
const BETWEEN_BLINKS_MS = [2600, 6200];

/** Lets the eyes blink now and then. A class for a moment, not an endless animation: the screen runs all day. */
export class Blinking {
  /** @param {Element} figure */
  constructor(figure) {
    this._figure = figure;
    this._timer = 0;
    this._wait();
  }

  stop() {
    clearTimeout(this._timer);
  }

  _wait() {
    const [least, most] = BETWEEN_BLINKS_MS;
    this._timer = setTimeout(() => this._blink(), least + Math.random() * (most - least));
  }

  _blink() {
    this._figure.classList.add('blinking');
    this._timer = setTimeout(() => {
      this._figure.classList.remove('blinking');
      this._wait();
    }, BLINK_MS);
  }
}
