import { CandidateStrip } from './candidate_strip.js';
import { byTestId, element } from './element.js';
import { buildKeys } from './keyboard_keys.js';
import { Pinyin } from './pinyin.js';

/**
 * A pinyin keyboard on the glass below the line to write in. The keys of a real keyboard do the same, so that a screen
 * without an input method can be written on; one that has its own is left alone.
 */
export class Keyboard {
  /**
   * @param {HTMLInputElement} input
   * @param {import('./texts.js').Texts} texts
   * @param {object} events
   * @param {() => void} events.onOpen
   * @param {(question: import('./types.js').Choice) => void} events.onQuestion  one of the most asked was pressed
   */
  constructor(input, texts, { onOpen, onQuestion }) {
    this._input = input;
    this._texts = texts;
    this._onOpen = onOpen;
    this._onQuestion = onQuestion;
    this._questions = /** @type {import('./types.js').Choice[]} */ ([]);
    this._container = byTestId('keyboard');
    this._pinyin = new Pinyin(() => this._refresh());
    const strip = element('div', { class: 'strip', role: 'group', 'aria-label': texts.get('keyboard.candidates'),
      'data-testid': 'candidates' });
    this._strip = new CandidateStrip(strip, texts);
    this._container.append(strip, buildKeys(texts, {
      onLetter: (letter) => this._pinyin.add(letter),
      onSign: (sign) => this._write(this.take() + sign),
      onSpace: () => this._space(),
      onDelete: () => this._delete(),
      onDone: () => this.close(),
    }));
    // A key must not take the caret out of the line.
    this._container.addEventListener('pointerdown', (event) => event.preventDefault());
    input.addEventListener('click', () => this.open());
    input.addEventListener('keydown', (event) => this._typed(event));
    input.addEventListener('input', () => this.isOpen && this._refresh());
  }

  get isOpen() {
    return !this._container.hidden;
  }

  /** @param {import('./types.js').Choice[]} questions  what is asked most */
  setQuestions(questions) {
    this._questions = questions;
    if (this.isOpen) this._refresh();
  }

  open() {
    if (this.isOpen) return;
    this._container.hidden = false;
    document.body.dataset.keyboard = 'open';
    this._input.focus({ preventScroll: true });
    this._refresh();
    this._onOpen();
  }

  close() {
    if (!this.isOpen) return;
    this._pinyin.clear();
    this._container.hidden = true;
    document.body.dataset.keyboard = '';
  }

  /** @returns {string} what was typed and not chosen, as it is most likely meant */
  take() {
    return this._pinyin.letters ? this._pinyin.finish() : '';
  }

  _refresh() {
    if (!this.isOpen) return;
    const { letters, candidates } = this._pinyin;
    if (letters) {
      const offers = candidates.map((candidate) => ({
        label: candidate.text, act: () => this._write(this._pinyin.choose(candidate)),
      }));
      const raw = { label: letters, act: () => this._write(this._pinyin.choose({ text: letters, typed: letters.length })) };
      this._strip.show([...offers, raw], { kind: 'candidates', note: letters });
    } else if (!this._input.value) {
      this._strip.show(this._questions.map((question) => ({
        label: question.title, act: () => this._onQuestion(question),
      })), { kind: 'questions', note: this._texts.get('keyboard.questions') });
    } else {
      this._strip.show([], { kind: 'hint', note: this._texts.get('keyboard.hint') });
    }
  }

  /** @param {string} text  at the caret */
  _write(text) {
    const { selectionStart, selectionEnd, value, maxLength } = this._input;
    const start = selectionStart ?? value.length;
    const end = selectionEnd ?? value.length;
    const room = maxLength < 0 ? text.length : maxLength - value.length + (end - start);
    this._input.setRangeText(text.slice(0, Math.max(0, room)), start, end, 'end');
    this._input.scrollLeft = this._input.scrollWidth;
    this._refresh();
  }

  _space() {
    if (this._pinyin.letters) this._strip.press(0);
    else this._write(' ');
  }

  _delete() {
    if (this._pinyin.letters) {
      this._pinyin.removeLast();
      return;
    }
    const { selectionStart: start, selectionEnd: end, value } = this._input;
    if (start !== end) this._write('');
    else if (start) {
      const before = Array.from(value.slice(0, start)).slice(0, -1).join('');
      this._input.setRangeText('', before.length, start, 'end');
      this._refresh();
    }
  }

  /** @param {KeyboardEvent} event  of a real keyboard */
  _typed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const composing = this._pinyin.letters !== '';
    const act = this._actionOf(event.key, composing);
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {string} key @param {boolean} composing @returns {(() => void)|null} */
  _actionOf(key, composing) {
    if (/^[a-z]$/.test(key)) {
      return () => {
        this.open();
        this._pinyin.add(key);
      };
    }
    if (key === 'Escape' && this.isOpen) return () => (composing ? this._pinyin.clear() : this.close());
    if (!composing) return null;
    if (key === ' ') return () => this._strip.press(0);
    if (key === "'") return () => this._pinyin.add(key);
    if (key === 'Backspace') return () => this._pinyin.removeLast();
    if (key === 'Enter') return () => this._write(this.take());
    if (/^[1-9]$/.test(key)) return () => this._strip.press(Number(key) - 1);
    return null;
  }
}
