import { VISEMES } from './visemes.js';

/** @typedef {import('./visemes.js').MouthShape} MouthShape */

const KEYS = /** @type {(keyof MouthShape)[]} */ (Object.keys(VISEMES.sil));
/** Share of the way to the wanted shape that is covered in a millisecond (about 50 ms for most of it). */
const EASE_PER_MS = 0.022;
const SETTLED = 0.05;
/** Thirty pictures a second are enough for a mouth and half the work. */
const FRAME_MS = 30;

/** Control height of a cubic with two equal controls that passes through ``middle``. */
const control = (middle, corner) => (8 * middle - 2 * corner) / 6;
const fixed = (n) => n.toFixed(1);

/** Part of the way from what a flat mouth has to what a ring of lips has. */
const between = (flat, ring, round) => flat + (ring - flat) * round;

function curve(width, corner, middle, pull, direction) {
  const y = fixed(control(middle, corner));
  return `C ${fixed(-direction * width * pull)} ${y}, ${fixed(direction * width * pull)} ${y}, `
    + `${fixed(direction * width)} ${fixed(corner)}`;
}

/** How far the chin sinks for a unit of opening. */
const CHIN = 0.36;

/** Outline of the face with the chin lowered by ``drop``, in the view box. */
function drawJaw(drop) {
  const [cheek, chin] = [fixed(428 + drop * 0.6), fixed(462 + drop)];
  const turn = fixed(452 + drop * 0.9);
  return `M 288 250 C 286 336, 294 388, 334 ${cheek} C 358 ${turn}, 382 ${chin}, 400 ${chin} `
    + `C 418 ${chin}, 442 ${turn}, 466 ${cheek} C 506 388, 514 336, 512 250 C 508 170, 460 136, 400 136 `
    + 'C 340 136, 292 170, 288 250 Z';
}

/**
 * @param {MouthShape} shape
 * @returns {{lips: string, inside: string, jaw: string, drop: number, upper: number, lower: number, tongue: number}}
 *   paths and offsets
 */
export function drawMouth(shape) {
  const { width, top, bottom, corner, lips, round } = shape;
  const pull = between(0.5, 0.95, round);
  const inside = `M ${fixed(-width)} ${fixed(corner)} ${curve(width, corner, top, pull, 1)} `
    + `${curve(width, corner, bottom, pull, -1)} Z`;
  const outer = width + between(3, 6, round);
  const above = top - 8 * lips;
  // The upper lip has a bow, so its outline is two curves that meet a little lower in the middle; pursed, it has none.
  const [wide, narrow] = [fixed(outer * between(0.62, 1, round)), fixed(outer * between(0.22, 0.5, round))];
  const side = fixed(between(control(above, corner), corner + (above - corner) * 0.6, round));
  const bow = fixed(above - between(3, 1, round));
  const outline = `M ${fixed(-outer)} ${fixed(corner)} `
    + `C -${wide} ${side}, -${narrow} ${bow}, 0 ${fixed(above + between(2, 0.5, round))} `
    + `C ${narrow} ${bow}, ${wide} ${side}, ${fixed(outer)} ${fixed(corner)} `
    + `${curve(outer, corner, bottom + 10 * lips, between(0.52, 0.95, round), -1)} Z`;
  const gap = Math.max(0, bottom - top);
  return {
    lips: outline,
    inside,
    jaw: drawJaw(gap * CHIN),
    drop: gap * CHIN,
    upper: top - 16 + Math.min(gap * 0.55, 9) * shape.upper,
    lower: bottom + 1 - Math.min(gap * 0.4, 6) * shape.lower,
    tongue: bottom + 16 - Math.min(gap, 18) * 0.8 * shape.tongue,
  };
}

/** Eases the drawn mouth towards one viseme after another; idle, it costs nothing. */
export class Mouth {
  /**
   * @param {SVGElement} group  with parts ``lips``, ``inside``, ``teeth-upper``, ``teeth-lower``, ``tongue``, ``jaw``, ``chin``
   * @param {{eased: boolean}} options
   */
  constructor(group, { eased }) {
    this._eased = eased;
    this._part = (name) => group.querySelectorAll(`[data-part="${name}"]`);
    this._current = { ...VISEMES.sil };
    this._target = VISEMES.sil;
    this._corners = 0;
    this._viseme = 'sil';
    this._frame = 0;
    this._last = 0;
    this._paint();
  }

  /** @param {string} viseme  one of the 15 ids */
  set(viseme) {
    this._viseme = viseme;
    const shape = VISEMES[viseme] ?? VISEMES.sil;
    this._target = { ...shape, corner: shape.corner + this._corners };
    if (!this._eased) {
      this._current = { ...this._target };
      this._paint();
    } else if (!this._frame) {
      this._last = performance.now();
      this._frame = requestAnimationFrame((now) => this._step(now));
    }
  }

  /** @param {number} corners  how far the corners sink below a smile, for serious words */
  sinkCorners(corners) {
    this._corners = corners;
    this.set(this._viseme);
  }

  _step(now) {
    if (now - this._last < FRAME_MS) {
      this._frame = requestAnimationFrame((next) => this._step(next));
      return;
    }
    const share = 1 - Math.exp(-EASE_PER_MS * Math.max(1, now - this._last));
    this._last = now;
    let far = 0;
    for (const key of KEYS) {
      const rest = this._target[key] - this._current[key];
      this._current[key] += rest * share;
      far = Math.max(far, Math.abs(rest));
    }
    this._paint();
    this._frame = far > SETTLED ? requestAnimationFrame((next) => this._step(next)) : 0;
  }

  _paint() {
    const drawn = drawMouth(this._current);
    for (const node of this._part('inside')) node.setAttribute('d', drawn.inside);
    for (const node of this._part('lips')) node.setAttribute('d', drawn.lips);
    for (const node of this._part('jaw')) node.setAttribute('d', drawn.jaw);
    for (const node of this._part('chin')) node.setAttribute('transform', `translate(0 ${fixed(drawn.drop)})`);
    for (const node of this._part('teeth-upper')) node.setAttribute('y', fixed(drawn.upper));
    for (const node of this._part('teeth-lower')) node.setAttribute('y', fixed(drawn.lower));
    for (const node of this._part('tongue')) node.setAttribute('cy', fixed(drawn.tongue));
  }
}
