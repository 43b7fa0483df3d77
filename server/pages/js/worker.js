/**
 * Keeps what the screen needs to say whom to call when the server is gone: its own files, its texts, today's tips,
 * answers to what is asked most, and the sounds that were played. The server is always asked first; what is kept is only the second choice.
 */

const KEPT = 'hean-1';
const SHELL = ['/', '/api/v1/page-texts', '/api/v1/attract'];
// Not part of the shell: a server that can't make them now must not keep the rest from being kept.
const ANSWERS = '/api/v1/kept-answers';
const MOST_SOUNDS = 240; // sentences
const PATIENCE_MS = 4000;

const worker = /** @type {any} */ (self);

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(SHELL)).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
  // What the page has loaded before this worker was there.
  if (!event.data?.keep) return;
  event.waitUntil(caches.open(KEPT).then((cache) =>
    Promise.allSettled([...event.data.keep, ANSWERS].map((path) => cache.add(path)))));
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || !kept(url.pathname)) return;
  event.respondWith(answer(event.request, url.pathname));
});

/** What somebody types, asks or says is never kept. @param {string} path */
function kept(path) {
  return SHELL.includes(path) || path === ANSWERS || path.startsWith('/static/') || sound(path);
}

const sound = (path) => path.startsWith('/api/v1/speech/');

/** @param {Request} request @param {string} path */
async function answer(request, path) {
  const cache = await caches.open(KEPT);
  const key = path; // a kiosk's name in the address makes no other page
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // A part of a sound is no sound.
    if (response.status === 200) {
      await cache.put(key, response.clone());
      if (sound(path)) await forgetOldest(cache);
    }
    return response;
  } catch (error) {
    const found = await cache.match(key);
    if (found) return found;
    throw error;
  }
}

/** @param {Cache} cache */
async function forgetOldest(cache) {
  const sounds = (await cache.keys()).filter((request) => sound(new URL(request.url).pathname));
  for (const request of sounds.slice(0, Math.max(0, sounds.length - MOST_SOUNDS))) await cache.delete(request);
}
