/** Takes long on a slow machine, but not for ever. */
const PATIENCE_MS = 40000;
/** The server takes 8 MB; what is larger is made smaller here. */
const LARGEST_BYTES = 8 * 1024 * 1024;
const SMALLER_SIDE = 3000;

/** Keys ``sight.*`` of the texts for what the server may have against a picture. */
const TROUBLES = {
  ocr_not_configured: 'off', unsupported_image: 'unsupported', unusable_image: 'broken', image_too_small: 'small',
  image_too_large: 'large', body_too_large: 'large', too_many_pictures: 'busy',
};

/** The server could not read a picture; ``key`` is that of the sentence to show. */
export class NotRead extends Error {
  /** @param {string} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/**
 * Has a picture read and judged by this screen's own server. It goes nowhere else.
 *
 * @param {Blob} picture
 * @param {{rate: number|undefined, session: string|null, signal: AbortSignal}} options   ``session``: the visit in
 *   which it is shown and whose talk goes on from it
 * @returns {Promise<import('./types.js').Seen>} rejects with ``NotRead``, or ``AbortError`` when cancelled
 */
export async function readPicture(picture, { rate, session, signal }) {
  const form = new FormData();
  form.append('image', picture, 'photo');
  const query = new URLSearchParams({
    speak: 'true', ...(rate ? { rate: String(rate) } : {}), ...(session ? { session_id: session } : {}),
  });
  let response;
  try {
    response = await fetch(`/api/v1/check/image?${query}`, {
      method: 'POST', body: form, cache: 'no-store', signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NotRead('sight.failed');
  }
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  // The visit has ended at the server's; the picture can be judged all the same.
  if (problem.type === 'unknown_session') return readPicture(picture, { rate, session: null, signal });
  throw new NotRead(`sight.${TROUBLES[problem.type] ?? 'failed'}`);
}

/**
 * @param {Blob} file  as it was chosen
 * @returns {Promise<{picture: Blob, image: CanvasImageSource & {width: number, height: number}}>} what to send and what
 *   to show; rejects with ``NotRead`` when it is no picture
 */
export async function chosenPicture(file) {
  let image;
  try {
    image = await createImageBitmap(file);
  } catch {
    throw new NotRead('sight.unsupported');
  }
  if (file.size <= LARGEST_BYTES) return { picture: file, image };
  const scale = Math.min(1, SMALLER_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return { picture: await jpegOf(canvas), image: canvas };
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export function jpegOf(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NotRead('sight.failed'))), 'image/jpeg', 0.92);
  });
}
