import { element, icon } from './element.js';
import { hotline } from './hotlines.js';
import { phrases } from './phrases.js';

/** @typedef {import('./types.js').Assessment} Assessment */

const VERDICT_ICONS = { scam: 'scam', caution: 'caution', clear: 'search' };

/** What was answered, to read: verdict in word and sign, whom to call, what to do, then all the rest. */
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
    const words = [
      element('p', { class: 'answer-text', 'data-testid': 'answer-text' }, ...phrases(say.text)), this._dialect(say)];
    const parts = assessment ? this._judged(assessment, words) : words;
    this._container.replaceChildren(...parts.filter((part) => part !== null));
    this._container.dataset.verdict = assessment?.verdict ?? 'none';
  }

  clear() {
    this._container.replaceChildren();
    this._container.dataset.verdict = 'none';
  }

  /**
   * @param {Assessment} assessment
   * @param {(HTMLElement|null)[]} words  what she says
   */
  _judged(assessment, words) {
    const hotlines = this._hotlines(assessment.hotlines ?? []);
    const advice = assessment.advice ?? [];
    const verdict = this._verdict(assessment);
    if (assessment.verdict === 'clear') {
      const note = element('p', { class: 'answer-note' }, this._texts.get('verdict.clear.note'));
      return [verdict, ...words, hotlines, this._advice(advice, 'answer.clear.advice'), note];
    }
    // Verdict, numbers and the next step have to be seen without scrolling. What she says can be heard, too.
    return [verdict, hotlines, this._step(advice[0]), ...words, this._reasons(assessment.red_flags ?? []),
      this._advice(advice.slice(1))];
  }

  /** @param {Assessment} assessment */
  _verdict({ verdict, scam_name: name }) {
    if (!Object.hasOwn(VERDICT_ICONS, verdict)) return null;
    const kind = name && verdict !== 'clear' ? [element('span', { class: 'verdict-kind', 'data-testid': 'scam-name' },
      this._texts.get('verdict.kind', { name }))] : [];
    return element('h2', { class: `verdict verdict-${verdict}`, 'data-testid': 'verdict', 'data-verdict': verdict },
      icon(VERDICT_ICONS[verdict]), element('span', {}, this._texts.get(`verdict.${verdict}`)), ...kind);
  }

  /** @param {string[]} numbers */
  _hotlines(numbers) {
    if (numbers.length === 0) return null;
    return element('div', { class: 'hotlines' }, ...numbers.slice(0, 2).map((number) => hotline(this._texts, number)));
  }

  /** @param {string|undefined} step */
  _step(step) {
    if (!step) return null;
    return element('p', { class: 'step', 'data-testid': 'step' },
      element('span', { class: 'step-label' }, this._texts.get('answer.step')), element('span', {}, step));
  }

  /** @param {import('./types.js').Say} say */
  _dialect({ subtitles, text }) {
    const line = subtitles.join(' ');
    if (!line || line === text) return null;
    return element('p', { class: 'answer-dialect', 'data-testid': 'subtitle' },
      element('b', {}, this._texts.get('answer.dialect')), line);
  }

  /** @param {string[]} advice @param {string} [title]  key of the text */
  _advice(advice, title = 'answer.advice') {
    if (advice.length === 0) return null;
    return element('section', { class: 'advice' },
      element('h3', {}, this._texts.get(title)),
      element('ul', {}, ...advice.map((line) => element('li', {}, icon('tick'), line))));
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
