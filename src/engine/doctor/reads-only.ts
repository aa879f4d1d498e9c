import type { Api } from '../../check/questions/api';

/** Reason for not asking a question that changes something. */
const NEEDS_CONSENT = 'Asked with --yes only.';

/** Restricts requests to those that change nothing. @returns Requests; all others reject. */
export function readsOnly(api: Api): Api {
  return {
    ...api,
    send(method, path, request) {
      const isQuery = method === 'POST' && /^_apis\/wit\/wiql$/i.test(path);
      // The server checks such a patch and does not apply it.
      const isValidation = method === 'PATCH' && request?.query?.['validateOnly'] === 'true';
      const isRead = method === 'GET' || method === 'OPTIONS' || isQuery || isValidation;
      return isRead ? api.send(method, path, request) : Promise.reject(new Error(NEEDS_CONSENT));
    },
  };
}
