import { ASSUMED } from './assumed';
import type { Finding, Question, Stage } from './question';
import { bytesOf, isAllowed, link, must, patch, putChunk, register, type Reference } from './requests';

const [first, second, third] = [bytesOf('first chunk'), bytesOf('second chunk'), bytesOf('third chunk')];
const total = first.length + second.length + third.length;

/** Upload with one received chunk. */
async function begun({ api }: Stage, fileName: string): Promise<Reference> {
  const reference = await register(api, fileName);
  must(await putChunk(api, reference, 0, first, total), 'send a first chunk');
  return reference;
}

/** Open questions about chunked uploads (REST reference A.4, J.2). */
export const chunkQuestions: readonly Question[] = [
  {
    id: 'chunk-statuses',
    question: 'Which status has each of three chunks?',
    asks: 'anywhere',
    assumed: '200, 200, 200',
    async ask({ api }): Promise<Finding> {
      const reference = await register(api, 'three-chunks.txt');
      const answers = [
        await putChunk(api, reference, 0, first, total),
        await putChunk(api, reference, first.length, second, total),
        await putChunk(api, reference, first.length + second.length, third, total),
      ];
      return {
        answer: answers.map(({ status }) => status).join(', '),
        seen: answers.map(({ words }) => words).join('; '),
      };
    },
  },
  {
    id: 'repeated-chunk',
    question: 'What becomes of a chunk that the server has already?',
    asks: 'anywhere',
    assumed: ASSUMED.repeatedChunk,
    unseen: 'Whether the bytes are compared; the repeated chunk is the same.',
    async ask(stage): Promise<Finding> {
      const reference = await begun(stage, 'repeated-chunk.txt');
      return isAllowed(await putChunk(stage.api, reference, 0, first, total));
    },
  },
  {
    id: 'repeated-last-chunk',
    question: 'And when it is the last one of an upload that is complete?',
    asks: 'script',
    assumed: ASSUMED.repeatedChunk,
    async ask({ api }): Promise<Finding> {
      const reference = await register(api, 'repeated-last-chunk.txt');
      must(await putChunk(api, reference, 0, first, first.length), 'send an only chunk');
      return isAllowed(await putChunk(api, reference, 0, first, first.length));
    },
  },
  {
    id: 'chunk-out-of-order',
    question: 'May a chunk leave a gap?',
    asks: 'script',
    assumed: 'refuse',
    async ask(stage): Promise<Finding> {
      const reference = await begun(stage, 'chunk-out-of-order.txt');
      return isAllowed(await putChunk(stage.api, reference, first.length + second.length, third, total));
    },
  },
  {
    id: 'changed-total',
    question: 'May a later chunk name another total?',
    asks: 'script',
    assumed: 'refuse',
    async ask(stage): Promise<Finding> {
      const reference = await begun(stage, 'changed-total.txt');
      return isAllowed(await putChunk(stage.api, reference, first.length, second, total + 1));
    },
  },
  {
    id: 'incomplete-link',
    question: 'May an upload be linked that lacks its last chunk?',
    asks: 'script',
    assumed: 'refuse',
    async ask(stage): Promise<Finding> {
      const reference = await begun(stage, 'incomplete.txt');
      return isAllowed(await patch(stage.api, stage.workItemId, [link(reference)]));
    },
  },
];
