/**
 * The 15 Oculus visemes as parameters of one drawn mouth.
 *
 * Lengths are in units of the figure's view box, y grows downwards and 0 is the line of a closed mouth.
 *
 * @typedef {object} MouthShape
 * @property {number} width   half the distance between the corners
 * @property {number} top     middle of the upper lip's lower edge
 * @property {number} bottom  middle of the lower lip's upper edge
 * @property {number} corner  height of the corners; negative lifts them into a smile
 * @property {number} lips    thickness of the lips, 1 at rest
 * @property {number} upper   how far the upper teeth show, 0 to 1
 * @property {number} lower   how far the lower teeth show, 0 to 1
 * @property {number} tongue  how far the tongue rises, 0 to 1
 */

/** @type {Readonly<Record<string, MouthShape>>} */
export const VISEMES = Object.freeze({
  sil: { width: 33, top: 5, bottom: 5, corner: -5, lips: 1, upper: 0, lower: 0, tongue: 0 },
  PP: { width: 27, top: 3, bottom: 3, corner: -1, lips: 0.7, upper: 0, lower: 0, tongue: 0 },
  FF: { width: 28, top: -1, bottom: 6, corner: -2, lips: 0.75, upper: 1, lower: 0, tongue: 0 },
  TH: { width: 28, top: -2, bottom: 10, corner: -3, lips: 0.9, upper: 0.5, lower: 0, tongue: 1 },
  DD: { width: 28, top: -2, bottom: 12, corner: -3, lips: 0.9, upper: 0.8, lower: 0, tongue: 0.7 },
  kk: { width: 27, top: -3, bottom: 15, corner: -3, lips: 0.9, upper: 0.6, lower: 0, tongue: 0.2 },
  CH: { width: 20, top: -4, bottom: 12, corner: 0, lips: 1.15, upper: 0.9, lower: 0.7, tongue: 0 },
  SS: { width: 31, top: -1, bottom: 9, corner: -4, lips: 0.85, upper: 1, lower: 1, tongue: 0 },
  nn: { width: 28, top: -1, bottom: 10, corner: -3, lips: 0.9, upper: 0.6, lower: 0, tongue: 0.9 },
  RR: { width: 22, top: -3, bottom: 12, corner: -1, lips: 1.1, upper: 0.5, lower: 0.2, tongue: 0.5 },
  aa: { width: 29, top: -6, bottom: 30, corner: -1, lips: 0.95, upper: 0.8, lower: 0, tongue: 0.5 },
  E: { width: 32, top: -4, bottom: 18, corner: -4, lips: 0.9, upper: 0.9, lower: 0, tongue: 0.4 },
  I: { width: 34, top: -2, bottom: 11, corner: -6, lips: 0.85, upper: 1, lower: 0.4, tongue: 0.2 },
  O: { width: 20, top: -8, bottom: 23, corner: 5, lips: 1.2, upper: 0.3, lower: 0, tongue: 0.3 },
  U: { width: 14, top: -5, bottom: 13, corner: 4, lips: 1.3, upper: 0, lower: 0, tongue: 0.1 },
});

/**
 * @param {string} id
 * @returns {boolean} whether ``id`` is one of the 15
 */
export function isViseme(id) {
  return Object.hasOwn(VISEMES, id);
}
