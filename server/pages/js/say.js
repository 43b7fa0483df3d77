import { CHARACTER_MS } from './caption_tokens.js';

/** @typedef {import('./types.js').Say} Say */

const list = (value) => (Array.isArray(value) ? value : []);
const timed = (values, ...times) => (times.every((other) => other.length === values.length) ? values : []);
const characters = (text) => Array.from(String(text ?? '')).length;

/** The timings of a message. Lists of unequal length are dropped as a whole: captions then run by an estimate. */
function timings(message) {
  const vtimes = list(message.vtimes);
  const vdurations = list(message.vdurations);
  const wtimes = list(message.wtimes);
  const wdurations = list(message.wdurations);
  const visemes = timed(list(message.visemes), vtimes, vdurations);
  const words = timed(list(message.words), wtimes, wdurations);
  return { visemes, vtimes, vdurations, words, wtimes, wdurations };
}

/**
 * Makes a complete ``Say`` of a message, so that the rest of the page need not ask what is missing.
 *
 * @param {any} message  a ``say`` or ``broadcast`` of the stream
 * @returns {Say}
 */
export function readSay(message) {
  const duration = Number(message.duration_ms) || characters(message.text) * CHARACTER_MS;
  return {
    turn_id: message.turn_id ?? null,
    text: String(message.text ?? ''),
    choices: list(message.choices).slice(0, 4),
    gesture: message.gesture ?? 'explain',
    lines: list(message.lines),
    subtitles: list(message.subtitles),
    greeting: message.type === 'say' && !message.intent,
    urgent: message.urgent === true,
    assessment: message.assessment ?? null,
    drill: message.drill ?? null,
    sounds: [{
      url: message.url ?? null, start: 0, duration_ms: duration, pause_ms: Number(message.pause_ms) || 0,
    }],
    complete: message.last !== false,
    duration_ms: duration,
    ...timings(message),
  };
}

/**
 * @param {Say} say  of which not every part has come
 * @param {any} message  ``more`` of it
 * @returns {Say} with the part behind what there was; the same when it is not the next part of it
 */
export function withMore(say, message) {
  if (say.complete || message.turn_id !== say.turn_id || message.part !== say.sounds.length + 1) return say;
  const before = say.sounds[say.sounds.length - 1];
  const start = before.start + before.duration_ms + before.pause_ms;
  const unread = Math.max(1, characters(say.text) - say.words.length) * CHARACTER_MS;
  const sound = {
    url: message.url ?? null,
    start,
    duration_ms: message.url ? Number(message.duration_ms) || 0 : unread,
    pause_ms: Number(message.pause_ms) || 0,
  };
  const moved = (times) => times.map((time) => time + start);
  const part = timings(message);
  return {
    ...say,
    sounds: [...say.sounds, sound],
    complete: message.last !== false,
    duration_ms: start + sound.duration_ms,
    visemes: [...say.visemes, ...part.visemes],
    vtimes: [...say.vtimes, ...moved(part.vtimes)],
    vdurations: [...say.vdurations, ...part.vdurations],
    words: [...say.words, ...part.words],
    wtimes: [...say.wtimes, ...moved(part.wtimes)],
    wdurations: [...say.wdurations, ...part.wdurations],
  };
}

/**
 * @param {Say} say
 * @returns {Say} one of which no more is to come: what is left can only be read
 */
export function withoutMore(say) {
  return withMore(say, { turn_id: say.turn_id, part: say.sounds.length + 1 });
}

/**
 * @param {any} answer  what ``POST /api/v1/chat`` returns
 * @returns {Say}
 */
export function sayOfChat(answer) {
  const { reply, audio, ...turn } = answer;
  return readSay({ ...turn, ...(audio ?? {}), ...reply });
}
