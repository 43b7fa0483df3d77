import { element, icon } from './element.js';
import { hotline } from './hotlines.js';

/** @typedef {import('./types.js').Assessment} Assessment */

const VERDICT_ICONS = { scam: 'scam', caution: 'caution', clear: 'search' };

/** What was answered, to read: verdict in word and sign, reasons, what to do, whom to call. */
export class AnswerCard {
  /**
   * @param {HTMLElement} container
   * @param {import('./texts.js').Texts} texts
   */
  constructor(container, texts) {
    this._container = container;
    this._texts = texts;
  }

  /** @param {import('./types.js').Say} say */
  show(say) {
    const { assessment } = say;
    // Numbers stand before reasons: whoever reads only the upper half has seen whom to call.
    this._container.replaceChildren(...[
      assessment ? this._verdict(assessment) : null,
      element('p', { class: 'answer-text', 'data-testid': 'answer-text' }, say.text),
      this._dialect(say),
      assessment ? this._hotlines(assessment.hotlines ?? []) : null,
      assessment ? this._advice(assessment.advice ?? []) : null,
      assessment ? this._reasons(assessment.red_flags ?? []) : null,
      assessment?.verdict === 'clear'
        ? element('p', { class: 'answer-note' }, this._texts.get('verdict.clear.note')) : null,
    ].filter((part) => part !== null));
    this._container.dataset.verdict = assessment?.verdict ?? 'none';
  }

  clear() {
    this._container.replaceChildren();
    this._container.dataset.verdict = 'none';
  }

  /** @param {Assessment} assessment */
  _verdict({ verdict }) {
    if (!Object.hasOwn(VERDICT_ICONS, verdict)) return null;
    return element('h2', { class: `verdict verdict-${verdict}`, 'data-testid': 'verdict', 'data-verdict': verdict },
      icon(VERDICT_ICONS[verdict]), this._texts.get(`verdict.${verdict}`));
  }

  /** @param {import('./types.js').Say} say */
  _dialect({ subtitles, text }) {
    const line = subtitles.join(' ');
    if (!line || line === text) return null;
    return element('p', { class: 'answer-dialect', 'data-testid': 'subtitle' },
      element('b', {}, this._texts.get('answer.dialect')), line);
  }

  /** @param {string[]} numbers */
  _hotlines(numbers) {
    if (numbers.length === 0) return null;
    return element('div', { class: 'hotlines' }, ...numbers.slice(0, 2).map((number) => hotline(this._texts, number)));
  }

  /** @param {string[]} advice */
  _advice(advice) {
    if (advice.length === 0) return null;
    return element('section', { class: 'advice' },
      element('h3', {}, this._texts.get('answer.advice')),
      element('ol', {}, ...advice.map((line) => element('li', {}, line))));
  }

  /** @param {import('./types.js').RedFlag[]} flags */
  _reasons(flags) {
    const labels = [...new Set(flags.map((flag) => flag.label).filter(Boolean))];
    if (labels.length === 0) return null;
    return element('section', { class: 'reasons' },
      element('h3', {}, this._texts.get('answer.reasons')),
      element('ul', {}, ...labels.map((label) => element('li', { class: 'chip', 'data-testid': 'red-flag' },
        icon('flag'), label))));
  }
}
