import { element } from './element.js';

const PHRASE = /[^，、：。！？；,:!?;\s]+[，、：。！？；,:!?;”’》）]*\s*/gu;

/**
 * @param {string} text
 * @returns {(HTMLElement|string)[]} the same text in pieces from pause to pause, so that lines can break between them
 */
export function phrases(text) {
  const pieces = text.match(PHRASE) ?? [];
  // Should a piece be missing, the text counts more than its line breaks.
  return pieces.join('') === text ? pieces.map((piece) => element('span', { class: 'phrase' }, piece)) : [text];
}
