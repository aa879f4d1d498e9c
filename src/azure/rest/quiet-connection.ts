import { isStaplerError } from '../../base/errors';
import type { Connection } from './connection';

/** Connection for changes without notifications. */
export interface QuietConnection extends Connection {
  /** Whether notifications are suppressed: not if the person lacks the permission. `undefined` before an answer. */
  readonly isQuiet: () => boolean | undefined;
}

const FORBIDDEN = 403;

/**
 * Creates a connection to change many work items. It asks for changes without notifications, and goes on without it
 * where that is refused (REST reference D.2).
 */
export function createQuietConnection(connection: Connection): QuietConnection {
  let isQuiet: boolean | undefined;
  return {
    ...connection,
    isQuiet: () => isQuiet,
    async send(call) {
      if (call.method !== 'PATCH' || isQuiet === false) return connection.send(call);
      try {
        const response = await connection.send({
          ...call,
          query: { ...call.query, suppressNotifications: 'true' },
        });
        // A batch has an answer of its own for each change.
        if (!call.path.includes('$batch')) isQuiet = true;
        return response;
      } catch (error) {
        if (isQuiet || !isStaplerError(error) || error.facts.status !== FORBIDDEN) throw error;
        // Refused, so nothing was done. Another reason refuses it again.
        const response = await connection.send(call);
        isQuiet = false;
        return response;
      }
    },
  };
}
