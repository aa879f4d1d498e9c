import type { Finding, Question } from './question';
import { bytesOf, link, patch, putChunk, register, sendUpload, upload, type Reference } from './requests';
import type { Answer } from './api';

const megabyte = 2 ** 20;
/** Above the limit of Services, whichever way it counts a megabyte (REST reference A.5). */
const largeBytes = 61 * megabyte;
const chunkBytes = 8 * megabyte;
/** Announced size of a file above most limits; larger numbers may be refused for another reason. */
const hugeBytes = 2 ** 31 - 1;

/** Status and, for an error, the code at the start of its text. */
function statusAndCode({ status, words }: Answer): string {
  const code = /\b(?:TF|VS)\d{5,6}\b/.exec(words)?.[0];
  return code === undefined ? String(status) : `${status} ${code}`;
}

/** Limits and their errors (REST reference A.5, D.1, D.6, J.3, J.4). */
export const limitQuestions: readonly Question[] = [
  {
    id: 'size-limit',
    question: 'Which size limit does it name?',
    asks: 'anywhere',
    assumed: '60 MB',
    unseen: 'A limit that is checked only at the last chunk.',
    async ask({ api }): Promise<Finding> {
      // A first chunk of a few bytes announces the size.
      const reference = await register(api, 'size-limit.bin');
      const answer = await putChunk(api, reference, 0, bytesOf('first chunk'), hugeBytes);
      // "(60.000 MB(s))"; some languages write a decimal comma.
      const [, limit] = /([\d.,]+)[.,]\d+\s*MB\(s\)/i.exec(answer.words) ?? [];
      const isAnswered = answer.ok || (answer.status >= 400 && answer.status < 500);
      return {
        answer: limit !== undefined ? `${limit.replace(/[.,]/g, '')} MB` : isAnswered ? 'none' : null,
        seen: answer.words,
      };
    },
  },
  {
    id: 'long-comment',
    question: 'Which status has a comment of 256 characters?',
    asks: 'script',
    assumed: '400',
    async ask({ api, workItemId }): Promise<Finding> {
      const reference = await upload(api, 'long-comment.txt');
      const answer = await patch(api, workItemId, [link(reference, { comment: 'x'.repeat(256) })]);
      return { answer: String(answer.status), seen: answer.words };
    },
  },
  {
    id: 'attachment-101',
    question: 'Which status has a 101st attachment?',
    asks: 'script',
    assumed: '400 VS403313',
    large: true,
    async ask({ api, workItemId }): Promise<Finding> {
      const references: Reference[] = [];
      while (references.length < 101)
        references.push(await upload(api, `one-of-101-${references.length + 1}.txt`));
      const answer = await patch(
        api,
        workItemId,
        references.map((reference) => link(reference)),
      );
      return { answer: statusAndCode(answer), seen: answer.words };
    },
  },
  {
    id: 'large-simple',
    question: 'What is answered to 61 MB in one request?',
    asks: 'script',
    assumed: '400 TF237082',
    large: true,
    async ask({ api }): Promise<Finding> {
      const answer = await sendUpload(api, 'large-simple.bin', new Uint8Array(largeBytes));
      return { answer: statusAndCode(answer), seen: answer.words };
    },
  },
  {
    id: 'large-chunked',
    question: 'And to 61 MB in chunks of 8 MB: which chunk is refused, and how?',
    asks: 'script',
    assumed: 'chunk 1: 400 TF237082',
    large: true,
    async ask({ api }): Promise<Finding> {
      const reference = await register(api, 'large-chunked.bin');
      for (let first = 0, number = 1; first < largeBytes; first += chunkBytes, number++) {
        const chunk = new Uint8Array(Math.min(chunkBytes, largeBytes - first));
        const answer = await putChunk(api, reference, first, chunk, largeBytes);
        if (!answer.ok) return { answer: `chunk ${number}: ${statusAndCode(answer)}`, seen: answer.words };
      }
      return { answer: 'none', seen: 'Every chunk was accepted.' };
    },
  },
];
