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
 * Parallel lists, times in milliseconds from the start of the sound.
 * @typedef {object} Speech
 * @property {string|null} url
 * @property {number} duration_ms
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
 * @typedef {{turn_id: string|null, greeting: boolean, assessment: Assessment|null, drill: Drill|null}} Turn
 * @typedef {Speech & Reply & Turn} Say
 *
 * @typedef {object} Welcome
 * @property {string} session_id
 * @property {string} page_version
 * @property {number} idle_seconds
 * @property {boolean} hearing
 * @property {{normal: number, slow: number}} rates   words a minute
 * @property {Choice[]} choices
 * @property {string[]} tips
 */
export {};
