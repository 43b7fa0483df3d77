/**
 * Exponential backoff with full jitter: many screens that lost one server do not come back in one moment.
 *
 * @param {number} attempt  0 for the first try after a loss
 * @param {{base?: number, most?: number, random?: () => number}} [options]  milliseconds
 * @returns {number} milliseconds to wait
 */
export function backoff(attempt, { base = 500, most = 15000, random = Math.random } = {}) {
  const ceiling = Math.min(most, base * 2 ** Math.min(attempt, 16));
  return ceiling / 4 + random() * ceiling * 0.75;
}
