/**
 * The nine gestures as poses of the drawn figure.
 *
 * An arm is given by where its wrist shall be, in the view box of the figure; ``mirrored`` arms are described as if
 * they were the arm on the viewer's left. ``stretch`` shortens or lengthens the two halves (a bent arm that comes
 * towards the viewer looks shorter). Angles are degrees, clockwise, 0 is straight down for arms and upright for the head.
 *
 * @typedef {object} ArmPose
 * @property {[number, number]} wrist
 * @property {number} hand                      direction in which the hand points, absolute
 * @property {'rest'|'open'|'stop'|'point'|'thumb'|'sign'} shape
 * @property {[number, number]} [stretch]       upper arm, forearm
 * @property {boolean} [front]                  the forearm may cover the face (it never covers the vest otherwise)
 *
 * @typedef {object} Pose
 * @property {ArmPose} near   the arm on the viewer's left
 * @property {ArmPose} far    the arm on the viewer's right, mirrored
 * @property {number} tilt    of the head
 * @property {[number, number]} gaze
 * @property {[number, number]} brow  rise (negative is up) and turn (positive frowns)
 * @property {'open'|'smile'} eyes
 * @property {number} [corners]  how far the corners of the mouth sink below a smile
 */

const SHOULDER = [240, 592];
const UPPER = 190;
const FORE = 186;

/** @type {ArmPose} */
const FOLDED = { wrist: [352, 846], hand: -76, shape: 'rest' };
/** @type {ArmPose} */
const FOLDED_UNDER = { wrist: [338, 866], hand: -80, shape: 'rest' };

/** @type {Readonly<Record<string, Pose>>} */
export const GESTURES = Object.freeze({
  idle: { near: FOLDED, far: FOLDED_UNDER, tilt: 0, gaze: [0, 0], brow: [0, 0], eyes: 'open' },
  wave: {
    near: { wrist: [92, 560], hand: 184, shape: 'open', stretch: [0.92, 1] },
    far: FOLDED_UNDER, tilt: 4, gaze: [0, 0], brow: [-6, -2], eyes: 'smile',
  },
  listen: {
    near: { wrist: [214, 478], hand: 196, shape: 'open', stretch: [0.66, 1.2], front: true },
    far: FOLDED_UNDER, tilt: -7, gaze: [3, 1], brow: [-7, -3], eyes: 'open',
  },
  think: {
    near: { wrist: [350, 540], hand: 200, shape: 'point', stretch: [0.84, 1.24], front: true },
    far: { wrist: [372, 800], hand: -86, shape: 'rest' }, tilt: 5, gaze: [6, -5], brow: [-5, 1], eyes: 'open',
    corners: 3,
  },
  explain: {
    near: FOLDED,
    far: { wrist: [84, 690], hand: 118, shape: 'open', stretch: [0.92, 1] }, tilt: 2, gaze: [0, 0], brow: [-3, -1],
    eyes: 'open',
  },
  warn: {
    near: { wrist: [134, 592], hand: 182, shape: 'stop', stretch: [0.9, 0.98] },
    far: FOLDED_UNDER, tilt: -2, gaze: [0, 1], brow: [4, 9], eyes: 'open', corners: 7,
  },
  praise: {
    near: { wrist: [112, 600], hand: 180, shape: 'thumb', stretch: [0.9, 0.98] },
    far: FOLDED_UNDER, tilt: 4, gaze: [0, 0], brow: [-6, -3], eyes: 'smile',
  },
  comfort: {
    near: { wrist: [392, 716], hand: 232, shape: 'rest', stretch: [0.92, 1.05] },
    far: FOLDED_UNDER, tilt: 6, gaze: [-1, 2], brow: [-2, -8], eyes: 'open', corners: 2,
  },
  roleplay: {
    near: { wrist: [92, 576], hand: 180, shape: 'sign', stretch: [0.94, 1] },
    far: FOLDED_UNDER, tilt: 3, gaze: [0, 0], brow: [-7, 2], eyes: 'open',
  },
});

const degrees = (radians) => (radians * 180) / Math.PI;
/** Angle of a direction where 0 is down and clockwise is positive. */
const heading = (dx, dy) => degrees(Math.atan2(-dx, dy));

/**
 * Two-bone inverse kinematics with the elbow on the outside.
 *
 * @param {ArmPose} arm
 * @returns {{upper: number, upperScale: number, elbowShift: number, fore: number, foreScale: number,
 *            wristShift: number, hand: number}} angles in degrees, each relative to its parent; shifts in view box units
 */
export function solveArm(arm) {
  const [upperScale, foreScale] = arm.stretch ?? [1, 1];
  const upperLength = UPPER * upperScale;
  const foreLength = FORE * foreScale;
  const dx = arm.wrist[0] - SHOULDER[0];
  const dy = arm.wrist[1] - SHOULDER[1];
  const reach = Math.min(Math.hypot(dx, dy), upperLength + foreLength - 1);
  const bend = degrees(Math.acos(
    Math.max(-1, Math.min(1, (upperLength ** 2 + reach ** 2 - foreLength ** 2) / (2 * upperLength * reach))),
  ));
  const towards = heading(dx, dy);
  // Of the two solutions take the one whose elbow is lower: arms hang.
  const options = [towards + bend, towards - bend].map((upper) => {
    const radians = (upper * Math.PI) / 180;
    return { upper, x: -Math.sin(radians) * upperLength, y: Math.cos(radians) * upperLength };
  });
  const elbow = options.reduce((best, next) => (next.y - next.x * 0.3 > best.y - best.x * 0.3 ? next : best));
  const foreHeading = heading(dx - elbow.x, dy - elbow.y);
  const turn = (angle) => ((angle % 360) + 360) % 360;
  const fore = turn(foreHeading - elbow.upper);
  return {
    upper: elbow.upper,
    upperScale,
    elbowShift: UPPER * (upperScale - 1),
    // Folded arms bend inwards (a negative angle), raised arms outwards over the top.
    fore: fore > 200 ? fore - 360 : fore,
    foreScale,
    wristShift: FORE * (foreScale - 1),
    hand: ((arm.hand - foreHeading + 540) % 360) - 180,
  };
}
