import { sayOfChat } from './say.js';

/** How long (ms) a resident waits at most before being told that it does not work. */
const PATIENCE_MS = 12000;

/**
 * Asks over plain HTTP, for when the stream is down.
 *
 * @param {{text: string, sessionId: string|null, kioskId: string, dialect?: string}} question
 * @param {AbortSignal} cancelled
 * @returns {Promise<{sessionId: string, say: import('./types.js').Say}>}
 * @throws {ServerSilent} when the server cannot be reached or fails; an ``AbortError`` when cancelled
 */
export async function askByHttp({ text, sessionId, kioskId, dialect = 'auto' }, cancelled) {
  let response;
  try {
    response = await fetch('/api/v1/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session_id: sessionId, text, kiosk_id: kioskId, dialect, speak: true }),
      signal: AbortSignal.any([cancelled, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (error) {
    if (cancelled.aborted) throw error;
    throw new ServerSilent();
  }
  if (response.status >= 500) throw new ServerSilent();
  if (!response.ok) throw new QuestionRefused();
  const answer = await response.json();
  return { sessionId: answer.session_id, say: sayOfChat(answer) };
}

/** Nobody answers there. */
export class ServerSilent extends Error {}

/** The server is well and cannot take this question. */
export class QuestionRefused extends Error {}
