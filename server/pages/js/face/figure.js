import { ARM_FORE, ARM_UPPER } from './figure_arm.js';
import { BODY } from './figure_body.js';
import { HAIR_BACK, HEAD } from './figure_head.js';

/** Mirrors the arm on the viewer's left to the right; its writing is never shown there. */
const MIRROR = 'transform="translate(800 0) scale(-1 1)"';

/** The whole figure, back to front. A constant of this module: nothing from outside ever becomes markup. */
const MARKUP = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 84 800 916" class="figure" aria-hidden="true"
  focusable="false" preserveAspectRatio="xMidYMin meet">
  <g class="head">${HAIR_BACK}</g>
  <g class="arm" data-arm="near">${ARM_UPPER}</g>
  <g ${MIRROR}><g class="arm" data-arm="far">${ARM_UPPER}</g></g>
  ${BODY}
  <g class="head">${HEAD}</g>
  <g ${MIRROR}><g class="arm" data-arm="far">${ARM_FORE}</g></g>
  <g class="arm" data-arm="near">${ARM_FORE}</g>
</svg>`;

let built = 0;

/**
 * @param {Readonly<Record<string, string>>} labels  writing on the vest (two lines), the badge and the drill sign
 * @returns {SVGSVGElement}
 */
export function buildFigure(labels) {
  built += 1;
  // Clip paths are found by id in the whole document, so two figures must not share any.
  const markup = MARKUP.replaceAll('ID-', `figure${built}-`);
  const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
  const figure = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.importNode(parsed.documentElement, true)));
  for (const text of figure.querySelectorAll('[data-label]')) {
    text.textContent = labels[/** @type {SVGElement} */ (text).dataset.label ?? ''] ?? '';
  }
  return figure;
}
