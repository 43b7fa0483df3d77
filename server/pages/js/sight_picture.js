import { element, icon } from './element.js';

/** @typedef {import('./types.js').Seen} Seen */

const SVG = 'http://www.w3.org/2000/svg';
/** Room around what was read, as a share of it. */
const ROOM = 0.12;
/** More would not be read, and the reasons on the card name them all. */
const MOST_MARKS = 3;

/** Over the stage: the picture as it was read, what gave the fraud away framed and numbered, and what each frame is. */
export class SightPicture {
  /**
   * @param {HTMLElement} stage
   * @param {import('./texts.js').Texts} texts
   * @param {{onRetake: () => void}} events
   */
  constructor(stage, texts, { onRetake }) {
    this._texts = texts;
    this._canvas = element('canvas', { 'aria-hidden': 'true' });
    this._frames = document.createElementNS(SVG, 'svg');
    this._frames.setAttribute('data-testid', 'sight-frames');
    this._frames.setAttribute('role', 'img');
    this._legend = element('ol', { class: 'sight-legend', 'data-testid': 'sight-legend' });
    const retake = this._button('sight-retake', 'camera', 'sight.retake', onRetake);
    const hide = this._button('sight-hide', 'close', 'sight.hide', () => this.hide());
    this._root = element('section', { class: 'sight-picture', 'data-testid': 'sight-picture', hidden: '' },
      element('div', { class: 'sight-view' }, this._canvas, this._frames),
      element('div', { class: 'sight-side' }, this._legend, element('div', { class: 'sight-acts' }, retake, hide)));
    this._root.setAttribute('aria-label', texts.get('sight.picture'));
    stage.append(this._root);
  }

  /**
   * @param {CanvasImageSource & {width: number, height: number}} image  as it was sent
   * @param {Seen} seen
   */
  show(image, seen) {
    const marks = this._marks(seen);
    const part = partOf(seen);
    this._draw(image, seen.picture.turned, part);
    this._frames.setAttribute('viewBox', `${part.left} ${part.top} ${part.width} ${part.height}`);
    this._frames.setAttribute('aria-label', [this._texts.get('sight.picture'), ...marks.map(({ label }) => label)].join('，'));
    this._root.hidden = false;
    document.body.dataset.sight = 'picture';
    // A frame is as thick, and its number as large, on every picture.
    const box = this._frames.getBoundingClientRect();
    const unit = Math.max(part.width / (box.width || 1), part.height / (box.height || 1));
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) * unit;
    this._frames.replaceChildren(...marks.flatMap(({ places }, index) => frames(places, index + 1, rem, part)));
    const title = marks.length > 0 ? [element('p', { class: 'sight-title' }, this._texts.get('sight.marks'))] : [];
    this._legend.replaceChildren(...title, ...marks.map(({ label }, index) => element('li', { 'data-testid': 'sight-mark' },
      element('b', {}, String(index + 1)), element('span', {}, label))));
  }

  /** Takes the picture away; nothing of it stays. */
  hide() {
    this._root.hidden = true;
    Object.assign(this._canvas, { width: 0, height: 0 });
    this._frames.replaceChildren();
    this._frames.removeAttribute('aria-label');
    this._legend.replaceChildren();
    delete document.body.dataset.sight;
  }

  /** @param {Seen} seen  one mark for each kind of sign, with all its places */
  _marks(seen) {
    /** @type {Map<string, {label: string, places: number[][][]}>} */
    const marks = new Map();
    for (const { label, places } of seen.assessment?.red_flags ?? []) {
      const boxes = places.map(({ box }) => box);
      if (!label || boxes.length === 0) continue;
      const known = marks.get(label);
      if (known) known.places.push(...boxes);
      else marks.set(label, { label, places: boxes });
    }
    return [...marks.values()].slice(0, MOST_MARKS);
  }

  _draw(image, turned, part) {
    const context = /** @type {HTMLCanvasElement} */ (this._canvas).getContext('2d');
    Object.assign(this._canvas, { width: Math.round(part.width), height: Math.round(part.height) });
    if (!context) return;
    const { width, height } = image;
    const [wide, high] = turned % 180 ? [height, width] : [width, height];
    context.translate(-part.left + wide / 2, -part.top + high / 2);
    context.rotate((turned * Math.PI) / 180);
    context.drawImage(image, -width / 2, -height / 2);
  }

  _button(testid, sign, key, onClick) {
    const button = element('button', { type: 'button', 'data-testid': testid }, icon(sign),
      element('span', {}, this._texts.get(key)));
    button.addEventListener('click', onClick);
    return button;
  }
}

/**
 * @param {Seen} seen
 * @returns {{left: number, top: number, width: number, height: number}} what is worth looking at: the bubbles with signs of
 *   fraud, large; without any, all that is written
 */
function partOf({ picture, lines, assessment }) {
  const told = new Set((assessment?.red_flags ?? []).flatMap(({ places }) => places.map(({ line }) => lines[line]?.block)));
  const corners = lines.filter(({ block }) => told.size === 0 || told.has(block)).flatMap(({ box }) => box);
  if (corners.length === 0) return { left: 0, top: 0, width: picture.width, height: picture.height };
  const across = corners.map(([x]) => x);
  const down = corners.map(([, y]) => y);
  const room = ROOM * Math.max(Math.max(...across) - Math.min(...across), Math.max(...down) - Math.min(...down));
  const left = Math.max(0, Math.floor(Math.min(...across) - room));
  const top = Math.max(0, Math.floor(Math.min(...down) - room));
  const width = Math.max(1, Math.min(picture.width, Math.ceil(Math.max(...across) + room)) - left);
  const height = Math.max(1, Math.min(picture.height, Math.ceil(Math.max(...down) + room)) - top);
  return { left, top, width, height };
}

/** @param {number[][][]} boxes @param {number} number @param {number} rem  in pixels of the picture */
function frames(boxes, number, rem, part) {
  return boxes.flatMap((box, place) => {
    const points = box.map((corner) => corner.join(',')).join(' ');
    const frame = [
      shape('polygon', { points, 'stroke-width': 1.1 * rem, class: 'sight-halo' }),
      shape('polygon', { points, 'stroke-width': 0.6 * rem, class: 'sight-frame', 'data-testid': 'sight-frame' }),
    ];
    if (place > 0) return frame;
    // Before the words, not on them.
    const radius = 2.2 * rem;
    const [x, y] = [(box[0][0] + box[3][0]) / 2, (box[0][1] + box[3][1]) / 2];
    const centre = { cx: Math.max(part.left + radius, x - radius), cy: Math.max(part.top + radius, y) };
    const text = shape('text', { x: centre.cx, y: centre.cy, 'font-size': 3.6 * rem, class: 'sight-number' });
    text.textContent = String(number);
    return [...frame, shape('circle', { ...centre, r: radius, 'stroke-width': 0.4 * rem, class: 'sight-badge' }), text];
  });
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}
