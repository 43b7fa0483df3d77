import { AnswerCard } from './answer_card.js';
import { byTestId, element } from './element.js';
import { MoreBelow } from './more_below.js';
import { readSay } from './say.js';

const KEPT_URL = '/api/v1/kept-answers';
const EVERY_MS = 30 * 60 * 1000;
const AT_ONCE = 4;

/** @typedef {{title: string, reply: import('./types.js').Reply, assessment: import('./types.js').Assessment|null}} Kept */

/**
 * What can still be looked up while the server is gone: questions as buttons, their answers to read. They are asked for
 * while all is well, and the worker keeps them over a restart.
 */
export class KeptAnswers {
  /** @param {import('./texts.js').Texts} texts */
  constructor(texts) {
    this._box = byTestId('kept');
    this._buttons = byTestId('kept-questions');
    this._answer = byTestId('kept-answer');
    this._card = new AnswerCard(byTestId('kept-card'), texts);
    this._kept = /** @type {Kept[]} */ ([]);
    this._first = 0;
    byTestId('kept-more').addEventListener('click', () => this._turn());
    byTestId('kept-back').addEventListener('click', () => this.reset());
    new MoreBelow(byTestId('kept-card'), byTestId('kept-below'),
      { down: texts.get('answer.more'), up: texts.get('answer.top') });
    this.refresh();
    setInterval(() => this.refresh(), EVERY_MS);
  }

  async refresh() {
    try {
      const response = await fetch(KEPT_URL, { signal: AbortSignal.timeout(15000) });
      if (response.ok) this._take((await response.json()).answers);
    } catch {
      // What is there goes on.
    }
  }

  /** Back to the first questions, for whoever comes next. */
  reset() {
    this._first = 0;
    this._list();
  }

  /** @param {Kept[]} kept */
  _take(kept) {
    this._kept = kept;
    this._box.hidden = kept.length === 0;
    byTestId('kept-more').hidden = kept.length <= AT_ONCE;
    if (this._answer.hidden) this.reset();
  }

  _turn() {
    this._first = this._first + AT_ONCE < this._kept.length ? this._first + AT_ONCE : 0;
    this._list();
  }

  _list() {
    this._show(null);
    this._buttons.replaceChildren(...this._kept.slice(this._first, this._first + AT_ONCE).map((one) => {
      const button = element('button', { type: 'button', class: 'choice', 'data-testid': 'kept-question' }, one.title);
      button.addEventListener('click', () => this._show(one));
      return button;
    }));
  }

  /** @param {Kept|null} one  nothing: the questions */
  _show(one) {
    this._box.dataset.view = one ? 'answer' : 'questions';
    byTestId('kept-list').hidden = one !== null;
    this._answer.hidden = one === null;
    if (one === null) {
      this._card.clear();
      return;
    }
    byTestId('kept-title').textContent = one.title;
    this._card.show(readSay({ ...one.reply, assessment: one.assessment }));
    byTestId('kept-card').scrollTop = 0;
    byTestId('kept-back').focus();
  }
}
