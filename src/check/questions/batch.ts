import type { Answer } from './api';
import { ASSUMED } from './assumed';
import type { Finding, Question, Stage } from './question';
import { hasRelation, link, read, upload, type Reference } from './requests';

/** An id above all real ones. */
const missingId = 2_147_483_647;

/** One request inside a batch (REST reference E.1). */
function linkRequest(id: number, reference: Reference) {
  return {
    method: 'PATCH',
    uri: `/_apis/wit/workitems/${id}?api-version=5.0`,
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: [link(reference)],
  };
}

function sendBatch({ api }: Stage, requests: readonly object[]): Promise<Answer> {
  return api.send('PATCH', '_apis/wit/$batch', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(requests),
    version: '5.0',
  });
}

/** Sends a batch and checks whether the upload is linked afterwards. */
async function linkInBatch(stage: Stage, reference: Reference, requests: readonly object[]) {
  const answer = await sendBatch(stage, requests);
  const { value } = (answer.json ?? {}) as { value?: unknown };
  const inner = Array.isArray(value) ? (value as { code?: number }[]) : [];
  const codes = inner.map(({ code }) => code).join(', ') || 'no inner answers';
  const isDone = hasRelation(await read(stage.api, stage.workItemId), reference);
  return { answer, seen: `${answer.words} (${codes})`, isDone };
}

/** Many work items in one request (REST reference E.1, J.6). */
export const batchQuestions: readonly Question[] = [
  {
    id: 'batch',
    question: 'Does $batch link an upload?',
    asks: 'anywhere',
    assumed: ASSUMED.batchFromExtension,
    unseen: 'Whether the token of an extension with vso.work_write alone may call it.',
    async ask(stage): Promise<Finding> {
      const reference = await upload(stage.api, 'batch.txt');
      const { answer, seen, isDone } = await linkInBatch(stage, reference, [
        linkRequest(stage.workItemId, reference),
      ]);
      return { answer: isDone ? 'taken' : refusalOf(answer), seen };
    },
  },
  {
    id: 'batch-failure',
    question: 'Does a request that fails in a $batch keep the others from being done?',
    asks: 'anywhere',
    assumed: ASSUMED.batchFailure,
    async ask(stage): Promise<Finding> {
      const { api, workItemId } = stage;
      const alone = await upload(api, 'batch-alone.txt');
      const good = (reference: Reference) => linkRequest(workItemId, reference);
      const control = await linkInBatch(stage, alone, [good(alone)]);
      if (!control.isDone) return { answer: null, seen: `A batch without a failure: ${control.seen}` };
      const behind = await upload(api, 'batch-behind-a-failure.txt');
      const before = await upload(api, 'batch-before-a-failure.txt');
      const bad = linkRequest(missingId, alone);
      const first = await linkInBatch(stage, behind, [bad, good(behind)]);
      const last = await linkInBatch(stage, before, [good(before), bad]);
      return {
        answer: answerOf(last.isDone, first.isDone),
        seen: `failure first: ${first.seen}; failure last: ${last.seen}`,
      };
    },
  },
];

/** Kind of a refusal, in the words of the emulator's switch `batchFromExtension`. */
function refusalOf({ status, headers }: Answer): string | null {
  if (status === 0 || status === 401) return 'hidden';
  if (headers.get('content-type')?.includes('html')) return `html ${status}`;
  if (status === 403) return 'refused';
  return [404, 405].includes(status) ? 'unknown' : null;
}

function answerOf(isDoneBefore: boolean, isDoneBehind: boolean): string {
  if (isDoneBefore) return isDoneBehind ? 'independent' : 'stops at a failure';
  return isDoneBehind ? 'undoes what came before' : 'all-or-nothing';
}
