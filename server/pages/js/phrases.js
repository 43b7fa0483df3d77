import { element } from './element.js';

/** A practice card's number, to be copied from the screen. */
const NUMBER = /^\d{3} \d{3} \d{3}\b/;
const PHRASE = /\d{3} \d{3} \d{3}\b\s*|[^，、：。！？；,:!?;\s]+[，、：。！？；,:!?;”’》）]*\s*/gu;

/**
 * @param {string} text
 * @returns {(HTMLElement|string)[]} the same text in pieces from pause to pause, so that lines can break between them
 */
export function phrases(text) {
  const pieces = text.match(PHRASE) ?? [];
  // Should a piece be missing, the text counts more than its line breaks.
  const phrase = (/** @type {string} */ piece) => element('span',
    { class: NUMBER.test(piece) ? 'phrase card-number' : 'phrase' }, piece);
  return pieces.join('') === text ? pieces.map(phrase) : [text];
}
