/** Rate that the server's hearing takes. */
export const HEARING_RATE_HZ = 16000;

/**
 * @param {Float32Array[]} chunks  mono samples between -1 and 1, one after the other
 * @param {number} rateHz
 * @returns {Blob} a mono WAV of 16 bits at ``HEARING_RATE_HZ``
 */
export function encodeWav(chunks, rateHz) {
  const samples = resample(join(chunks), rateHz);
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const ascii = (offset, text) => {
    for (let i = 0; i < text.length; i += 1) view.setUint8(offset + i, text.charCodeAt(i));
  };
  ascii(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, HEARING_RATE_HZ, true);
  view.setUint32(28, HEARING_RATE_HZ * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    const limited = Math.max(-1, Math.min(1, sample));
    view.setInt16(44 + index * 2, limited < 0 ? limited * 0x8000 : limited * 0x7fff, true);
  });
  return new Blob([view], { type: 'audio/wav' });
}

function join(chunks) {
  const joined = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

/** Averages over each target sample's span when going down, which is filter enough for speech. */
function resample(samples, rateHz) {
  if (rateHz === HEARING_RATE_HZ) return samples;
  const step = rateHz / HEARING_RATE_HZ;
  const result = new Float32Array(Math.floor(samples.length / step));
  for (let i = 0; i < result.length; i += 1) {
    const from = Math.floor(i * step);
    const until = Math.max(from + 1, Math.floor((i + 1) * step));
    let sum = 0;
    for (let at = from; at < until; at += 1) sum += samples[at] ?? 0;
    result[i] = sum / (until - from);
  }
  return result;
}
