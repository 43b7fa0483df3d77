/** The page's own sentences, by key. See data/knowledge/page.yml. */
export class Texts {
  /** @param {Readonly<Record<string, string>>} texts */
  constructor(texts) {
    this._texts = texts;
  }

  /** @param {string} key @returns {boolean} */
  has(key) {
    return Object.hasOwn(this._texts, key);
  }

  /**
   * @param {string} key
   * @param {Record<string, string|number>} [values]  for the ``{names}`` in the text
   * @returns {string} the sentence; empty when there is none, for an empty label is better than a key in English
   */
  get(key, values = {}) {
    if (!this.has(key)) {
      console.warn('no text for', key);
      return '';
    }
    return this._texts[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /**
   * Fills every ``data-text``, ``data-label`` and ``data-placeholder`` below ``root``.
   *
   * @param {ParentNode} root
   */
  fill(root) {
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-text]'))) {
      node.textContent = this.get(node.dataset.text ?? '');
    }
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-label]'))) {
      node.setAttribute('aria-label', this.get(node.dataset.label ?? ''));
    }
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-placeholder]'))) {
      node.setAttribute('placeholder', this.get(node.dataset.placeholder ?? ''));
    }
  }
}

/**
 * @param {string} url
 * @returns {Promise<Texts>} rejects when the server cannot be reached or gives no texts
 */
export async function loadTexts(url) {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`page texts: ${response.status}`);
  return new Texts(await response.json());
}
