import { byTestId } from './element.js';
import { Keyboard } from './keyboard.js';
import { afterPaint } from './taps.js';

/** What is always there to press: the line to write in, again, stop, slower, and the buttons that appear at times. */
export class Controls {
  /**
   * @param {import('./texts.js').Texts} texts
   * @param {object} events
   * @param {(text: string) => void} events.onAsk   what was written; may be empty
   * @param {() => void} events.onRepeat
   * @param {() => void} events.onSilence
   * @param {() => void} events.onSlower
   * @param {() => void} events.onLeaveDrill
   * @param {() => void} events.onRetry
   * @param {() => void} events.onWrite   somebody begins to write on the glass
   * @param {(question: import('./types.js').Choice) => void} events.onQuestion
   * @param {() => void} events.onTouch   anything but stop was touched: a sound may start
   */
  constructor(texts, { onAsk, onRepeat, onSilence, onSlower, onLeaveDrill, onRetry, onWrite, onQuestion,
    onTouch }) {
    this._texts = texts;
    this._input = /** @type {HTMLInputElement} */ (byTestId('text-input'));
    this._keyboard = new Keyboard(this._input, texts, {
      onOpen: onWrite,
      onQuestion: (question) => {
        onQuestion(question);
        afterPaint(() => this._keyboard.close()); // which changes the whole page
      },
    });
    const on = (testid, kind, act) => byTestId(testid).addEventListener(kind, act);
    on('ask', 'submit', (event) => {
      event.preventDefault();
      const text = (this._input.value + this._keyboard.take()).trim();
      if (text) this._leaveLine();
      else this.focus();
      onAsk(text);
    });
    on('repeat', 'click', onRepeat);
    // On the way down, not after letting go: silence must come at once. The keyboard has only the click.
    on('stop', 'pointerdown', onSilence);
    on('stop', 'click', (event) => event.detail === 0 && onSilence());
    on('slower', 'click', onSlower);
    on('drill-stop', 'click', onLeaveDrill);
    on('retry', 'click', onRetry);
    document.addEventListener('pointerdown', (event) => {
      byTestId('sound-hint').hidden = true;
      const target = /** @type {Element} */ (event.target);
      if (!target.closest?.('[data-testid="stop"]')) onTouch();
    });
  }

  /** @param {string} text  to be corrected by hand */
  write(text) {
    this._input.value = text;
    this.focus();
    this._keyboard.open();
  }

  focus() {
    this._input.focus({ preventScroll: true });
  }

  /** @param {import('./types.js').Choice[]} questions  offered while nothing is written yet */
  setQuestions(questions) {
    this._keyboard.setQuestions(questions);
  }

  /** Makes room for something that matters more than writing. */
  closeKeyboard() {
    this._keyboard.close();
  }

  clear() {
    this._leaveLine();
    this._input.blur();
  }

  _leaveLine() {
    this._input.value = '';
    this._keyboard.close();
  }

  /** @param {boolean} slow */
  showSlow(slow) {
    byTestId('slower').setAttribute('aria-pressed', String(slow));
    byTestId('slower-label').textContent = this._texts.get(slow ? 'button.slower.on' : 'button.slower');
  }

  /** The browser wants a touch before it lets a sound out. */
  askForTouch() {
    byTestId('sound-hint').hidden = false;
  }
}
