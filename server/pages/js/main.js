import { createFace } from './face/face.js';
import { byTestId } from './element.js';
import { Kiosk } from './kiosk.js';
import { backoff } from './backoff.js';
import { loadTexts } from './texts.js';

const TEXTS_URL = '/api/v1/page-texts';

/** Loads the page's sentences, however long it takes; until then the built-in card shows whom to call. */
async function textsAtLast() {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await loadTexts(TEXTS_URL);
    } catch {
      document.body.dataset.state = 'offline';
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, backoff(attempt, { base: 1000 }));
        byTestId('retry').addEventListener('click', () => {
          clearTimeout(timer);
          resolve(undefined);
        }, { once: true });
      });
    }
  }
}

const texts = await textsAtLast();
texts.fill(document);
document.title = texts.get('page.title');

const face = createFace(byTestId('face'), {
  labels: {
    vest: texts.get('figure.vest'), badge: texts.get('figure.badge'), sign: texts.get('figure.sign'),
  },
  reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
});

new Kiosk({
  face,
  texts,
  kioskId: new URLSearchParams(location.search).get('kiosk') || 'lobby',
  probe: () => loadTexts(TEXTS_URL),
}).start();
