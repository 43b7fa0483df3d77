import { element, icon } from './element.js';

/** Keys of the two pages, row by row. Punctuation is not a text: it is written as it stands. */
const LETTERS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const NUMBERS = ['1234567890', '，。？！、：“”元', './:-+@%'];

/**
 * The keys that are pressed on the glass, on two pages: letters, and numbers with punctuation.
 *
 * @param {import('./texts.js').Texts} texts
 * @param {object} press
 * @param {(letter: string) => void} press.onLetter
 * @param {(sign: string) => void} press.onSign      a digit or punctuation
 * @param {() => void} press.onSpace
 * @param {() => void} press.onDelete
 * @param {() => void} press.onDone
 * @returns {HTMLElement}
 */
export function buildKeys(texts, { onLetter, onSign, onSpace, onDelete, onDone }) {
  const keys = element('div', { class: 'keys', 'data-page': 'letters' });

  /** @param {string} name @param {(Node|string)[]} face @param {() => void} act @param {string} [kind] */
  const key = (name, face, act, kind = '') => {
    const button = element('button', { type: 'button', class: `key ${kind}`, 'data-key': name }, ...face);
    button.addEventListener('click', act);
    return button;
  };
  const erase = () => {
    const button = key('delete', [icon('erase')], onDelete, 'key-wide');
    button.setAttribute('aria-label', texts.get('keyboard.delete'));
    return button;
  };
  /** @param {string[]} rows @param {string} page @param {(sign: string) => void} onKey */
  const pageOf = (rows, page, onKey) => element('div', { class: `key-page key-page-${page}` },
    ...rows.map((row, index) => element('div', { class: 'key-row' },
      ...Array.from(row, (sign) => key(sign, [sign.toUpperCase()], () => onKey(sign))),
      ...(index === rows.length - 1 ? [erase()] : []))));

  const turn = () => {
    const toNumbers = keys.dataset.page === 'letters';
    keys.dataset.page = toNumbers ? 'numbers' : 'letters';
    other.textContent = texts.get(toNumbers ? 'keyboard.letters' : 'keyboard.numbers');
  };
  const other = key('page', [texts.get('keyboard.numbers')], turn, 'key-word');
  keys.append(
    pageOf(LETTERS, 'letters', onLetter),
    pageOf(NUMBERS, 'numbers', onSign),
    element('div', { class: 'key-row' }, other, key('，', ['，'], () => onSign('，')),
      key('space', [texts.get('keyboard.space')], onSpace, 'key-space'), key('。', ['。'], () => onSign('。')),
      key('done', [texts.get('keyboard.done')], onDone, 'key-word')),
  );
  return keys;
}
