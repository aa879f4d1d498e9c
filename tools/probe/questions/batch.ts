import { assumptionAnswers } from 'azure-devops-emulator';
import type { Finding, Question, Stage } from '../question';
import { read } from '../requests';

/** An id above all real ones. */
const missingId = 2_147_483_647;

/** One request inside a batch (REST reference E.1). */
function retitle({ project }: Stage, id: number, value: string) {
  return {
    method: 'PATCH',
    uri: `/${encodeURIComponent(project)}/_apis/wit/workitems/${id}?api-version=5.0`,
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: [{ op: 'add', path: '/fields/System.Title', value }],
  };
}

/** Sends a batch and checks for the title set by one of its requests. */
async function sendBatch({ api, workItemId }: Stage, title: string, requests: readonly object[]) {
  const answer = await api.send('PATCH', '_apis/wit/$batch', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(requests),
    version: '5.0',
  });
  const { value } = (answer.json ?? {}) as { value?: unknown };
  const inner = Array.isArray(value) ? (value as { code?: number }[]) : [];
  const codes = inner.map(({ code }) => code).join(', ') || 'no inner answers';
  const { fields } = await read(api, workItemId);
  return { seen: `${answer.words} (${codes})`, isDone: fields['System.Title'] === title };
}

/** Many work items in one request (REST reference E.1, J.6). */
export const batchQuestions: readonly Question[] = [
  {
    id: 'batch-failure',
    question: 'Does a request that fails in a $batch keep the others from being done?',
    assumed: assumptionAnswers.batchFailure[0],
    unseen: 'Whether the token of an extension with vso.work_write alone may call it.',
    async ask(stage): Promise<Finding> {
      const [alone, behind, before] = ['alone', 'behind a failure', 'before a failure'].map(
        (place) => `Stapler probe: ${place} in a batch`,
      ) as [string, string, string];
      const good = (title: string) => retitle(stage, stage.workItemId, title);
      const bad = retitle(stage, missingId, 'Stapler probe');
      const control = await sendBatch(stage, alone, [good(alone)]);
      if (!control.isDone) return { answer: null, seen: `A batch without a failure: ${control.seen}` };
      const first = await sendBatch(stage, behind, [bad, good(behind)]);
      const last = await sendBatch(stage, before, [good(before), bad]);
      return {
        answer: answerOf(last.isDone, first.isDone),
        seen: `failure first: ${first.seen}; failure last: ${last.seen}`,
      };
    },
  },
];

function answerOf(isDoneBefore: boolean, isDoneBehind: boolean): string {
  if (isDoneBefore) return isDoneBehind ? 'independent' : 'stops at a failure';
  return isDoneBehind ? 'undoes what came before' : 'all-or-nothing';
}
