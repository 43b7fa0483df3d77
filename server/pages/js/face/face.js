import { Blinking } from './eyes.js';
import { buildFigure } from './figure.js';
import { GESTURES, solveArm } from './gestures.js';
import { Mouth } from './mouth.js';
import { isViseme } from './visemes.js';

/**
 * The one interface between the page and whoever has a face. A 3D or VRM face replaces this file and keeps it:
 * unknown names are ignored, ``data-viseme`` and ``data-gesture`` of the container always tell what is shown.
 *
 * @typedef {object} Face
 * @property {(gesture: string) => void} setGesture  idle wave listen think explain warn praise comfort roleplay
 * @property {(viseme: string) => void} setViseme    one of the 15 Oculus ids
 * @property {(speaking: boolean) => void} setSpeaking  small movements while words are being said
 * @property {() => void} destroy
 *
 * @typedef {import('./gestures.js').Pose} Pose
 * @typedef {import('./gestures.js').ArmPose} ArmPose
 */

/**
 * @param {HTMLElement} container
 * @param {{labels: Readonly<Record<string, string>>, reducedMotion: boolean}} options
 * @returns {Face}
 */
export function createFace(container, { labels, reducedMotion }) {
  const figure = buildFigure(labels);
  container.replaceChildren(figure);
  container.classList.toggle('still', reducedMotion);
  const mouth = new Mouth(figure, { eased: !reducedMotion });
  const blinking = reducedMotion ? null : new Blinking(figure);

  const face = {
    /** @param {string} gesture */
    setGesture(gesture) {
      if (!Object.hasOwn(GESTURES, gesture) || container.dataset.gesture === gesture) return;
      container.dataset.gesture = gesture;
      strikePose(figure, GESTURES[gesture]);
      mouth.sinkCorners(GESTURES[gesture].corners ?? 0);
    },
    /** @param {string} viseme */
    setViseme(viseme) {
      if (!isViseme(viseme) || container.dataset.viseme === viseme) return;
      container.dataset.viseme = viseme;
      mouth.set(viseme);
    },
    /** @param {boolean} speaking */
    setSpeaking(speaking) {
      container.classList.toggle('speaking', speaking);
    },
    destroy() {
      blinking?.stop();
      container.replaceChildren();
    },
  };
  face.setGesture('idle');
  face.setViseme('sil');
  return face;
}

/** @param {SVGElement} figure @param {Pose} pose */
function strikePose(figure, pose) {
  placeArm(figure, 'near', pose.near);
  placeArm(figure, 'far', pose.far);
  move(figure, '.head', `rotate(${pose.tilt}deg)`);
  move(figure, '.iris', `translate(${pose.gaze[0]}px, ${pose.gaze[1]}px)`);
  // The far eye is mirrored, so that its iris would look the other way.
  move(figure, '[data-side="far"] .iris', `translate(${-pose.gaze[0]}px, ${pose.gaze[1]}px)`);
  const [rise, turn] = pose.brow;
  move(figure, '.brow[data-side="near"]', `translateY(${rise}px) rotate(${turn}deg)`);
  move(figure, '.brow[data-side="far"]', `translateY(${rise}px) rotate(${-turn}deg)`);
  figure.dataset.eyes = pose.eyes;
}

/** @param {SVGElement} figure @param {'near'|'far'} name @param {ArmPose} arm */
function placeArm(figure, name, arm) {
  const angles = solveArm(arm);
  const within = `[data-arm="${name}"]`;
  move(figure, `${within} .upper`, `rotate(${angles.upper}deg)`);
  move(figure, `${within} .upper-length`, `scaleY(${angles.upperScale})`);
  move(figure, `${within} .fore`, `translateY(${angles.elbowShift}px) rotate(${angles.fore}deg)`);
  move(figure, `${within} .fore-length`, `scaleY(${angles.foreScale})`);
  move(figure, `${within} .hand`, `translateY(${angles.wristShift}px) rotate(${angles.hand}deg)`);
  for (const group of figure.querySelectorAll(within)) /** @type {SVGElement} */ (group).dataset.shape = arm.shape;
}

/** @param {SVGElement} figure @param {string} selector @param {string} transform */
function move(figure, selector, transform) {
  for (const node of figure.querySelectorAll(selector)) /** @type {SVGElement} */ (node).style.transform = transform;
}
