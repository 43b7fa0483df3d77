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
 * @property {number} upper   how far the upper teeth show, 1 is half of the opening, 2 all of it
 * @property {number} lower   how far the lower teeth show, 0 to 1
 * @property {number} tongue  how far the tongue rises, 0 to 1
 * @property {number} round   0 is a slit between two lips, 1 a ring
 */

/** @type {Readonly<Record<string, MouthShape>>} */
export const VISEMES = Object.freeze({
  sil: { width: 33, top: 4, bottom: 4, corner: -5, lips: 0.85, upper: 0, lower: 0, tongue: 0, round: 0 },
  PP: { width: 26, top: 3, bottom: 3, corner: 1, lips: 0.55, upper: 0, lower: 0, tongue: 0, round: 0 },
  FF: { width: 27, top: -3, bottom: 5, corner: 0, lips: 0.55, upper: 2, lower: 0, tongue: 0, round: 0.1 },
  TH: { width: 28, top: -3, bottom: 11, corner: -1, lips: 0.8, upper: 0.7, lower: 0, tongue: 1.1, round: 0.2 },
  DD: { width: 28, top: -2, bottom: 13, corner: -2, lips: 0.85, upper: 0.8, lower: 0, tongue: 0.8, round: 0.2 },
  kk: { width: 27, top: -3, bottom: 18, corner: 0, lips: 0.85, upper: 0.5, lower: 0, tongue: 0.2, round: 0.3 },
  CH: { width: 19, top: -5, bottom: 11, corner: 3, lips: 1.2, upper: 1.1, lower: 1, tongue: 0, round: 0.7 },
  SS: { width: 32, top: -2, bottom: 8, corner: -3, lips: 0.75, upper: 1, lower: 1.1, tongue: 0, round: 0.1 },
  nn: { width: 28, top: -1, bottom: 9, corner: -3, lips: 0.85, upper: 0.6, lower: 0, tongue: 0.9, round: 0.15 },
  RR: { width: 21, top: -4, bottom: 13, corner: 3, lips: 1.05, upper: 0.5, lower: 0.2, tongue: 0.6, round: 0.55 },
  aa: { width: 29, top: -8, bottom: 32, corner: 4, lips: 0.85, upper: 0.8, lower: 0, tongue: 0.6, round: 0.5 },
  E: { width: 33, top: -5, bottom: 20, corner: -2, lips: 0.8, upper: 0.9, lower: 0, tongue: 0.5, round: 0.3 },
  I: { width: 36, top: -3, bottom: 11, corner: -6, lips: 0.75, upper: 1, lower: 0.5, tongue: 0.2, round: 0.1 },
  O: { width: 19, top: -9, bottom: 23, corner: 7, lips: 1.05, upper: 0.3, lower: 0, tongue: 0.4, round: 1 },
  U: { width: 11, top: -3, bottom: 12, corner: 4, lips: 1.2, upper: 0, lower: 0, tongue: 0, round: 1 },
});

/**
 * @param {string} id
 * @returns {boolean} whether ``id`` is one of the 15
 */
export function isViseme(id) {
  return Object.hasOwn(VISEMES, id);
}
