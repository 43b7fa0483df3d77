/**
 * Builds one element. Text always goes in as text: nothing that a server or a resident wrote becomes markup.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * One of the page's icons.
 *
 * @param {string} name  id of a symbol in index.html, without ``icon-``
 * @returns {SVGElement}
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const node = document.createElementNS(space, 'svg');
  node.setAttribute('class', 'icon');
  node.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `#icon-${name}`);
  node.append(use);
  return node;
}

/**
 * @template {HTMLElement} T
 * @param {string} testid
 * @param {ParentNode} [within]
 * @returns {T} the one element of the page with this ``data-testid``
 */
export function byTestId(testid, within = document) {
  const found = within.querySelector(`[data-testid="${testid}"]`);
  if (!found) throw new Error(`index.html has no element with data-testid ${testid}`);
  return /** @type {T} */ (found);
}
