import { createFace } from './face/face.js';
import { byTestId } from './element.js';
import { Kiosk } from './kiosk.js';
import { backoff } from './backoff.js';
import { showPresses } from './taps.js';
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

/** Rejects when the server cannot be reached. Not the texts: those may come from what the worker keeps. */
async function reachServer() {
  const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`server: ${response.status}`);
}

showPresses(document);
const texts = await textsAtLast();
texts.fill(document);
document.title = texts.get('page.title');

const face = createFace(byTestId('face'), {
  labels: {
    cause: texts.get('figure.cause'), vest: texts.get('figure.vest'),
    badge: texts.get('figure.badge'), sign: texts.get('figure.sign'),
  },
  reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
});

new Kiosk({
  face,
  texts,
  kioskId: new URLSearchParams(location.search).get('kiosk') || 'lobby',
  probe: reachServer,
}).start();

// Only now: the first visitor must not wait for what is kept for a bad day.
if (navigator.serviceWorker) {
  navigator.serviceWorker.register('/worker.js', { scope: '/' }).then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
    active?.postMessage({ keep: [...new Set(loaded.filter((path) => path.startsWith('/static/')))] });
  }).catch((error) => console.info('nothing is kept for later:', error.message));
}
