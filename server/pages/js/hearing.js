import { byTestId } from './element.js';
import { Microphone } from './microphone.js';

/** Speaking instead of typing, as far as this screen can: the button, its label, and what was heard. */
export class Hearing {
  /**
   * @param {import('./texts.js').Texts} texts
   * @param {object} events
   * @param {() => void} events.onListen
   * @param {(text: string) => void} events.onNote      to be shown while it goes on
   * @param {(text: string) => void} events.onWorking
   * @param {(text: string) => void} events.onHeard
   * @param {(text: string) => void} events.onTrouble   nothing was heard, and why
   */
  constructor(texts, { onListen, onNote, onWorking, onHeard, onTrouble }) {
    this._texts = texts;
    this._heard = /** @type {import('./microphone.js').Heard|null} */ (null);
    this._button = /** @type {HTMLButtonElement} */ (byTestId('mic'));
    this._microphone = new Microphone(this._button, {
      onStart: onListen,
      onLeft: (seconds) => onNote(texts.get('mic.left', { seconds })),
      onWorking: () => onWorking(texts.get('mic.working')),
      onHeard: (heard) => {
        this._heard = heard;
        onHeard(heard.text);
      },
      onTrouble: (trouble) => onTrouble(texts.get(`mic.${trouble}`)),
    });
    new MutationObserver(() => this._label()).observe(this._button, { attributeFilter: ['aria-pressed'] });
    this.setAvailable(false);
  }

  /** Whether somebody is speaking into the microphone. */
  get busy() {
    return this._microphone.busy;
  }

  /**
   * @param {boolean} available   the server can recognise speech
   * @param {number} [pauseMs]    silence that ends what is said
   */
  setAvailable(available, pauseMs) {
    this._microphone.available = available;
    if (pauseMs) this._microphone.pauseMs = pauseMs;
    this._button.dataset.available = String(available);
    this._label();
  }

  begin() {
    this._microphone.begin();
  }

  cancel() {
    this._microphone.cancel();
  }

  /** Forgets what was heard. */
  reset() {
    this._microphone.cancel();
    this._heard = null;
  }

  /**
   * @param {string} text
   * @returns {string|undefined} the recogniser's dialect, if these are the words it heard
   */
  dialectOf(text) {
    const known = this._heard?.text === text && this._heard.dialect !== 'unknown';
    return known ? this._heard?.dialect : undefined;
  }

  _label() {
    const key = !this._microphone.available ? 'off' : this.busy ? 'recording' : '';
    byTestId('mic-label').textContent = this._texts.get(key ? `button.mic.${key}` : 'button.mic');
  }
}
