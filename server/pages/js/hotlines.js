import { element, icon } from './element.js';

/** @typedef {import('./texts.js').Texts} Texts */

/**
 * @param {Texts} texts
 * @param {string} number
 * @returns {string} whose number it is
 */
export function hotlineName(texts, number) {
  const key = `hotline.${number}`;
  return texts.get(texts.has(key) ? key : 'hotline.call');
}

/**
 * @param {Texts} texts
 * @param {string} number
 * @returns {HTMLElement} the number in very large digits with its name
 */
export function hotline(texts, number) {
  return element(
    'div',
    { class: 'hotline', 'data-number': number },
    icon('phone'),
    element('span', { class: 'hotline-name' }, hotlineName(texts, number)),
    element('strong', { class: 'hotline-number', 'data-testid': 'hotline' }, number),
  );
}
