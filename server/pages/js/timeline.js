/**
 * @param {number[]} times  ascending
 * @param {number} time
 * @returns {number} index of the last entry that has begun at ``time``; -1 before the first
 */
export function indexAt(times, time) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * @param {import('./types.js').Speech} speech
 * @param {number} time  ms from the start of the sound
 * @returns {string} the viseme at that moment, ``sil`` between two
 */
export function visemeAt(speech, time) {
  const index = indexAt(speech.vtimes, time);
  if (index < 0 || index >= speech.visemes.length) return 'sil';
  return time <= speech.vtimes[index] + speech.vdurations[index] ? speech.visemes[index] : 'sil';
}
