import { ASSUMED } from './assumed';
import type { Answer, Api } from './api';
import type { Finding, Question } from './question';
import { bytesOf, putChunk, register, upload } from './requests';

/** Origin of the pages of an extension on Services (host reference 5.1). */
const galleryOrigin = 'https://stapler.gallerycdn.vsassets.io';

/** Items of a list header, in lower case. */
function listed({ headers }: Answer, name: string): string[] {
  return (headers.get(name) ?? '').split(',').map((entry) => entry.trim().toLowerCase());
}

/** Status, and whether a page could read it. */
function statusAndCors({ status, headers }: Answer): string {
  return `${status} ${headers.has('access-control-allow-origin') ? 'with' : 'without'} CORS headers`;
}

async function sendChunk(api: Api, fileName: string, authorization: string | null): Promise<Finding> {
  const reference = await register(api, fileName);
  const body = bytesOf('a chunk');
  const answer = await putChunk(api, reference, 0, body, body.length, authorization);
  return { answer: statusAndCors(answer), seen: answer.words };
}

/**
 * Readable and allowed headers of pages, and the answer to an invalid token (REST reference I, J.1, J.9,
 * J.10).
 */
export const accessQuestions: readonly Question[] = [
  {
    id: 'preflight',
    question: 'Does a preflight allow a PUT with Content-Range from the gallery?',
    asks: 'script',
    assumed: 'allow',
    unseen: 'What a browser makes of it.',
    async ask({ api }): Promise<Finding> {
      const answer = await api.send('OPTIONS', '_apis/wit/attachments/00000000-0000-0000-0000-000000000000', {
        authorization: null,
        headers: {
          Origin: galleryOrigin,
          'Access-Control-Request-Method': 'PUT',
          'Access-Control-Request-Headers': 'authorization,content-range,content-type',
        },
      });
      const origin = answer.headers.get('access-control-allow-origin');
      const methods = listed(answer, 'access-control-allow-methods');
      const headers = listed(answer, 'access-control-allow-headers');
      const isAllowed = origin === '*' || origin === galleryOrigin;
      return {
        answer:
          answer.ok && isAllowed && methods.includes('put') && headers.includes('content-range')
            ? 'allow'
            : 'refuse',
        seen: `${answer.status}, origin ${origin ?? 'none'}, methods ${methods.join()}, headers ${headers.join()}`,
      };
    },
  },
  {
    id: 'retry-after-readable',
    question: 'May a page read Retry-After?',
    asks: 'script',
    assumed: ASSUMED.retryAfterReadable,
    unseen: 'The headers of an answer that was throttled; the probe looks at a good one.',
    async ask({ api, workItemId }): Promise<Finding> {
      const path = `_apis/wit/workitems/${workItemId}`;
      const answer = await api.send('GET', path, { headers: { Origin: galleryOrigin } });
      const exposed = listed(answer, 'access-control-expose-headers');
      const isReadable = exposed.includes('retry-after') || exposed.includes('*');
      return {
        answer: answer.ok ? String(isReadable) : null,
        seen: `${answer.status}, exposed ${exposed.join()}`,
      };
    },
  },
  {
    id: 'chunk-without-token',
    question: 'What is answered to a chunk without a token?',
    asks: 'script',
    assumed: '203 with CORS headers',
    ask: ({ api }) => sendChunk(api, 'chunk-without-token.txt', null),
  },
  {
    id: 'chunk-with-bad-token',
    question: 'And with a token that is no good?',
    asks: 'script',
    assumed: '401 without CORS headers',
    unseen: 'A token that was good and has expired, and how long one lives in a frame.',
    async ask({ api }): Promise<Finding> {
      const [scheme = ''] = (api.authorization ?? '').split(' ');
      const bad = btoa(':no-token-at-all');
      return sendChunk(api, 'chunk-with-bad-token.txt', `${scheme} ${bad}`);
    },
  },
  {
    id: 'unlinked-upload',
    question: 'How long does an upload live that nothing is linked to?',
    asks: 'script',
    assumed: 'forever',
    unseen: 'It takes days. Look at the address that it tells again, after 30 of them.',
    async ask({ api }): Promise<Finding> {
      const { url } = await upload(api, 'unlinked.txt');
      return { answer: null, seen: `uploaded ${new Date().toISOString()}: ${url}` };
    },
  },
];
