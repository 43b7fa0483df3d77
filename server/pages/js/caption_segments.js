/**
 * Cuts what is said into captions that can be read at a glance.
 *
 * @typedef {import('./caption_tokens.js').Token} Token
 */

/** More than two lines would cover her face. */
const LINES = 2;
/** Characters of a caption, however wide the lines are. */
const MOST = 20;
/** Whole sentences share a caption only up to this. */
const MOST_OF_SENTENCES = 17;
const PAUSE = /[，、：,:。！？!?；;][”’》）)」』]*\s*$/;
const DIGIT = /\d$/;

/** @param {Token[]} tokens */
const size = (tokens) => tokens.reduce((sum, token) => sum + token.text.trimEnd().length, 0);

/**
 * @param {Token[]} tokens
 * @param {number} most  characters
 * @returns {Token[][]} from one pause to the next; a longer stretch is cut, but never within a number
 */
function captionClauses(tokens, most) {
  /** @type {Token[][]} */
  const clauses = [];
  /** @type {Token[]} */
  let clause = [];
  tokens.forEach((token, index) => {
    clause.push(token);
    const next = tokens[index + 1];
    const inNumber = DIGIT.test(token.text) && next !== undefined && /^\d/.test(next.text);
    if (token.last || PAUSE.test(token.text) || (size(clause) >= most && !inNumber)) {
      clauses.push(clause);
      clause = [];
    }
  });
  if (clause.length > 0) clauses.push(clause);
  return clauses;
}

/**
 * @param {Token[][]} clauses  which stay whole as long as they fit in a line
 * @param {number} line  characters
 */
function linesOf(clauses, line) {
  let lines = 1;
  let used = 0;
  for (const clause of clauses) {
    const length = size(clause);
    if (used > 0 && used + length > line) {
      lines += 1;
      used = 0;
    }
    lines += Math.max(0, Math.ceil(length / line) - 1);
    used = length > line ? line : used + length;
  }
  return lines;
}

/**
 * @param {Token[]} tokens
 * @param {number} line  characters that fit in a line of the caption
 * @returns {Token[][][]} captions, each of clauses
 */
export function captionSegments(tokens, line) {
  /** @type {Token[][][]} */
  const segments = [];
  for (const clause of captionClauses(tokens, Math.min(MOST, LINES * line))) {
    const before = segments.at(-1) ?? [];
    const end = before.at(-1)?.at(-1);
    const joined = [...before, clause];
    const fits = size(joined.flat()) <= (end?.last ? MOST_OF_SENTENCES : MOST) && linesOf(joined, line) <= LINES;
    if (end?.speaker === clause[0].speaker && fits) before.push(clause);
    else segments.push([clause]);
  }
  return segments;
}
