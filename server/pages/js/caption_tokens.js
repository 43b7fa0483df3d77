/**
 * Brings the timed words of a speech and the text on the screen together.
 *
 * @typedef {object} Token
 * @property {string} text      what is shown: the word and the punctuation after it
 * @property {number} start     ms
 * @property {string} speaker   ``hean`` or ``role``
 * @property {boolean} last     a sentence, a line or a speaker ends here
 *
 * @typedef {import('./types.js').Say} Say
 */

/** How far (characters) a word may lie from where it is expected; further away it is not the same word. */
const WINDOW = 24;
/** Time of one character (ms) when the speech has no timing at all. */
export const CHARACTER_MS = 230;
const SENTENCE_END = /[。！？!?；;\n]/;

/**
 * @param {Say} say
 * @returns {Token[]} in the order of speaking
 */
export function captionTokens(say) {
  const parts = say.lines.length > 0 ? say.lines : [{ speaker: 'hean', text: say.text }];
  const speakers = parts.flatMap((part) => Array.from(part.text, () => part.speaker));
  const characters = parts.flatMap((part) => Array.from(part.text));
  if (say.words.length > 0) {
    const tokens = align(say, characters, speakers);
    if (tokens.length >= say.words.length / 2) return tokens;
  }
  return evenly(say, characters, speakers);
}

/** @returns {Token[]} */
function align(say, characters, speakers) {
  /** @type {Token[]} */
  const tokens = [];
  let cursor = 0;
  say.words.forEach((word, index) => {
    const found = find(characters, Array.from(String(word)), cursor);
    if (found < 0) return;
    addGap(tokens, characters.slice(cursor, found), speakers[found]);
    const previous = tokens.at(-1);
    if (previous && previous.speaker !== speakers[found]) previous.last = true;
    const opening = tokens.length === 0 || previous?.last ? leading(characters.slice(cursor, found)) : '';
    tokens.push({ text: opening + word, start: say.wtimes[index], speaker: speakers[found], last: false });
    cursor = found + Array.from(String(word)).length;
  });
  addGap(tokens, characters.slice(cursor), '');
  if (tokens.length > 0) tokens[tokens.length - 1].last = true;
  return tokens;
}

const OPENING = /[“‘《（(「『]+$/;
const leading = (gap) => OPENING.exec(gap.join(''))?.[0] ?? '';

/** Punctuation belongs to the word before it, an opening quotation mark after a full stop to the next. */
function addGap(tokens, gap, nextSpeaker) {
  const previous = tokens.at(-1);
  if (!previous || gap.length === 0) return;
  const text = gap.join('');
  if (SENTENCE_END.test(text)) previous.last = true;
  const kept = previous.last && nextSpeaker ? text.replace(OPENING, '') : text;
  previous.text += kept.replaceAll('\n', ' ');
}

function find(characters, word, from) {
  const until = Math.min(characters.length - word.length, from + WINDOW);
  for (let at = from; at <= until; at += 1) {
    if (word.every((character, offset) => characters[at + offset] === character)) return at;
  }
  return -1;
}

/** @returns {Token[]} every character takes the same share of the time */
function evenly(say, characters, speakers) {
  const share = say.duration_ms / Math.max(1, characters.length);
  return characters.map((text, index) => ({
    text: text === '\n' ? ' ' : text,
    start: index * share,
    speaker: speakers[index],
    last: SENTENCE_END.test(text) || index === characters.length - 1 || speakers[index + 1] !== speakers[index],
  }));
}

/**
 * Cuts tokens into captions that fit on the screen: at the end of a sentence, and a long sentence at a comma.
 *
 * @param {Token[]} tokens
 * @param {{comfortable?: number, most?: number}} [size]  characters
 * @returns {Token[][]}
 */
export function captionSegments(tokens, { comfortable = 13, most = 22 } = {}) {
  /** @type {Token[][]} */
  const segments = [];
  /** @type {Token[]} */
  let segment = [];
  let length = 0;
  for (const token of tokens) {
    segment.push(token);
    length += token.text.length;
    const comma = /[，、：,:]\s*$/.test(token.text) && length >= comfortable;
    if (token.last || comma || length >= most) {
      segments.push(segment);
      segment = [];
      length = 0;
    }
  }
  if (segment.length > 0) segments.push(segment);
  return joinShort(segments, comfortable);
}

/** A sentence of two or three characters shares the caption of the one before. */
function joinShort(segments, comfortable) {
  const size = (segment) => segment.reduce((sum, token) => sum + token.text.length, 0);
  /** @type {Token[][]} */
  const joined = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    if (before && before[0].speaker === segment[0].speaker && size(before) + size(segment) <= comfortable + 4) {
      before.push(...segment);
    } else joined.push(segment);
  }
  return joined;
}
