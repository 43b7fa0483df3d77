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
const OPENING = /[“‘《（(「『]+$/;
const SPOKEN = /[\p{L}\p{N}]/u;

/**
 * @param {Say} say
 * @returns {Token[]} in the order of speaking
 */
export function captionTokens(say) {
  const parts = say.lines.length > 0 ? say.lines.map(spokenPart) : [{ speaker: 'hean', text: say.text }];
  const speakers = parts.flatMap((part) => Array.from(part.text, () => part.speaker));
  const characters = parts.flatMap((part) => Array.from(part.text));
  if (say.words.length > 0) {
    const tokens = align(say, characters, speakers);
    if (tokens.length >= say.words.filter((word) => SPOKEN.test(word)).length / 2) return tokens;
  }
  /** @type {Token[]} */
  const tokens = [];
  spread(tokens, say, characters, speakers, 0);
  return tokens;
}

/** A line without what is only written before it, such as who is being played. @param {import('./types.js').Line} line */
function spokenPart({ speaker, text, speech }) {
  return { speaker, text: speech && text.endsWith(speech) ? speech : text };
}

/** @returns {Token[]} */
function align(say, characters, speakers) {
  /** @type {Token[]} */
  const tokens = [];
  let cursor = 0;
  say.words.forEach((word, index) => {
    // Punctuation is shown with the word before it, wherever its own time lies.
    if (!SPOKEN.test(word)) return;
    const found = find(characters, Array.from(String(word)), cursor);
    if (found < 0) return;
    addGap(tokens, characters.slice(cursor, found), speakers[found]);
    const previous = tokens.at(-1);
    if (previous && previous.speaker !== speakers[found]) previous.last = true;
    const opening = tokens.length === 0 || previous?.last ? leading(characters.slice(cursor, found)) : '';
    tokens.push({ text: opening + word, start: say.wtimes[index], speaker: speakers[found], last: false });
    cursor = found + Array.from(String(word)).length;
  });
  const silent = !say.complete || say.sounds[say.sounds.length - 1].url === null;
  const spoken = silent ? untilSpoken(characters, cursor) : characters.length;
  addGap(tokens, characters.slice(cursor, spoken), speakers[spoken] ?? '');
  if (tokens.length > 0) tokens[tokens.length - 1].last = true;
  spread(tokens, say, characters, speakers, spoken);
  return tokens;
}

/** Where the text goes on behind what was said and the punctuation that belongs to it. */
function untilSpoken(characters, from) {
  const index = characters.findIndex((character, at) => at >= from && SPOKEN.test(character));
  return index < 0 ? characters.length : index - leading(characters.slice(from, index)).length;
}

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

/**
 * Adds the text from a character on, of which no timing is known (yet): every character takes the same share of the
 * time that is left.
 *
 * @param {Token[]} tokens
 */
function spread(tokens, say, characters, speakers, from) {
  const start = from > 0 && say.words.length > 0 ? say.wtimes.at(-1) + say.wdurations.at(-1) : 0;
  const left = Math.max(0, say.duration_ms - start) / Math.max(1, characters.length - from);
  const share = say.complete ? left : CHARACTER_MS;
  for (let index = from; index < characters.length; index += 1) {
    const text = characters[index];
    const previous = tokens.at(-1);
    const joins = previous && previous.speaker === speakers[index] && !SPOKEN.test(text) && !OPENING.test(text);
    if (joins) previous.text += text === '\n' ? ' ' : text;
    else tokens.push({ text, start: start + (index - from) * share, speaker: speakers[index], last: false });
    const ends = SENTENCE_END.test(text) || index === characters.length - 1 || speakers[index + 1] !== speakers[index];
    if (ends) tokens[tokens.length - 1].last = true;
  }
}
