import { CHARACTER_MS } from './caption_tokens.js';

/** @typedef {import('./types.js').Say} Say */

const list = (value) => (Array.isArray(value) ? value : []);
const timed = (values, ...times) => (times.every((other) => other.length === values.length) ? values : []);

/**
 * Makes a complete ``Say`` of a message, so that the rest of the page need not ask what is missing. Timing lists
 * of unequal length are dropped as a whole: captions then run by an estimate.
 *
 * @param {any} message  a ``say`` or ``broadcast`` of the stream
 * @returns {Say}
 */
export function readSay(message) {
  const vtimes = list(message.vtimes);
  const vdurations = list(message.vdurations);
  const wtimes = list(message.wtimes);
  const wdurations = list(message.wdurations);
  const visemes = timed(list(message.visemes), vtimes, vdurations);
  const words = timed(list(message.words), wtimes, wdurations);
  return {
    turn_id: message.turn_id ?? null,
    text: String(message.text ?? ''),
    choices: list(message.choices).slice(0, 4),
    gesture: message.gesture ?? 'explain',
    lines: list(message.lines),
    subtitles: list(message.subtitles),
    greeting: message.type === 'say' && !message.intent,
    assessment: message.assessment ?? null,
    drill: message.drill ?? null,
    url: message.url ?? null,
    duration_ms: Number(message.duration_ms) || Array.from(String(message.text ?? '')).length * CHARACTER_MS,
    visemes,
    vtimes,
    vdurations,
    words,
    wtimes,
    wdurations,
  };
}

/**
 * @param {any} answer  what ``POST /api/v1/chat`` returns
 * @returns {Say}
 */
export function sayOfChat(answer) {
  const { reply, audio, ...turn } = answer;
  return readSay({ ...turn, ...(audio ?? {}), ...reply });
}
