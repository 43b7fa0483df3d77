/**
 * What travels between the server and this page. Types only, for the editor and the reader.
 *
 * @typedef {{title: string, text: string}} Choice
 * @typedef {{speaker: string, text: string, speech: string}} Line  ``speaker`` is ``hean`` or ``role``
 * @typedef {{id: string, label: string, text: string, start: number, end: number}} RedFlag
 *
 * @typedef {object} Assessment
 * @property {'scam'|'caution'|'clear'} verdict
 * @property {string|null} scam_type
 * @property {string|null} [scam_name]   what residents call it
 * @property {'unpaid'|'in_progress'|'paid'|'leaked'|'unknown'} stage
 * @property {RedFlag[]} red_flags
 * @property {string[]} hotlines   in the order in which to call them
 * @property {string[]} advice
 *
 * @typedef {{clue: string, noticed: boolean, advice: string}} DebriefItem
 *
 * @typedef {object} Drill
 * @property {string} run_id
 * @property {string} title
 * @property {'running'|'finished'|'quit'} status
 * @property {string|null} outcome
 * @property {number|null} score
 * @property {DebriefItem[]} debrief
 *
 * A sentence of a speech, or all of it: when it starts and how much silence follows, in milliseconds.
 * @typedef {{url: string|null, start: number, duration_ms: number, pause_ms: number}} Sound
 *
 * Parallel lists, times in milliseconds from the start of the first sound.
 * @typedef {object} Speech
 * @property {Sound[]} sounds   at least one
 * @property {boolean} complete   no more sounds are to come
 * @property {number} duration_ms   as far as it is known
 * @property {string[]} visemes
 * @property {number[]} vtimes
 * @property {number[]} vdurations
 * @property {string[]} words
 * @property {number[]} wtimes
 * @property {number[]} wdurations
 *
 * @typedef {object} Reply
 * @property {string} text
 * @property {Choice[]} choices
 * @property {string} gesture
 * @property {Line[]} lines
 * @property {string[]} subtitles   the same in the resident's dialect, to read
 *
 * ``greeting``: said to somebody who has just come; answers nothing.
 * ``urgent``: breaks into whatever goes on.
 * @typedef {{turn_id: string|null, greeting: boolean, urgent: boolean, assessment: Assessment|null, drill: Drill|null}} Turn
 * @typedef {Speech & Reply & Turn} Say
 *
 * What ``/check/image`` returns. Boxes are four corners in pixels of the upright picture.
 * @typedef {number[][]} Box
 * @typedef {object} Seen
 * @property {string} text
 * @property {{text: string, box: Box, block: number}[]} lines
 * @property {{width: number, height: number, turned: number}} picture   ``turned``: degrees clockwise that make it upright
 * @property {(Assessment & {red_flags: (RedFlag & {places: {line: number, box: Box}[]})[]})|null} assessment
 * @property {Reply} reply
 * @property {object|null} audio   as ``/speech`` returns it
 *
 * @typedef {object} Welcome
 * @property {string} session_id
 * @property {string} page_version
 * @property {number} idle_seconds
 * @property {boolean} hearing
 * @property {number} pause_ms
 * @property {{normal: number, slow: number}} rates   words a minute
 * @property {Choice[]} choices
 * @property {Choice[]} questions   what is asked most
 * @property {string[]} tips
 */
export {};
