import { ASSUMED } from './assumed';
import type { Answer } from './api';
import type { Finding, Question, Stage } from './question';
import {
  bytesOf,
  isAllowed,
  KEPT_COMMENT,
  link,
  linkUpload,
  must,
  patch,
  patchRelation,
  read,
  TEST_COMMENT,
  upload,
  type Reference,
} from './requests';

/** Name of the upload that is linked again after its removal. */
export const RELINKED_NAME = 'linked-again.txt';

/** Links an upload and removes it again. */
async function removedUpload(stage: Stage, fileName: string): Promise<Reference> {
  const reference = await linkUpload(stage, fileName);
  const removal = await patchRelation(stage, reference, (index) => [
    { op: 'remove', path: `/relations/${index}` },
  ]);
  must(removal, 'remove an upload');
  return reference;
}

/** Numbers of the work items found by a query. */
function query({ api }: Stage, where: string): Promise<Answer> {
  return api.send('POST', '_apis/wit/wiql', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: `SELECT [System.Id] FROM WorkItems WHERE ${where}` }),
    query: { $top: '1' },
  });
}

/** Whether a query found the work item. */
function hasFound({ json }: Answer, workItemId: number): boolean {
  const { workItems } = (json ?? {}) as { workItems?: unknown };
  return Array.isArray(workItems) && (workItems as { id?: unknown }[]).some(({ id }) => id === workItemId);
}

/** Questions about the service as a page sees it, and those that decide about later features. */
export const serviceQuestions: readonly Question[] = [
  {
    id: 'write-permission',
    question: 'May this person change the work item?',
    asks: 'anywhere',
    assumed: 'yes',
    async ask({ api, workItemId }): Promise<Finding> {
      const { rev } = await read(api, workItemId);
      const { ok, status, words } = await api.send('PATCH', `_apis/wit/workitems/${workItemId}`, {
        headers: { 'Content-Type': 'application/json-patch+json' },
        body: JSON.stringify([{ op: 'test', path: '/rev', value: rev }]),
        query: { validateOnly: 'true' },
      });
      return { answer: ok ? 'yes' : status === 403 ? 'no' : null, seen: words };
    },
  },
  {
    id: 'api-version',
    question: 'Which version of the API is the newest that it takes?',
    asks: 'anywhere',
    assumed: { services: '7.1', server: '6.0' },
    ask: ({ apiVersion }) => Promise.resolve({ answer: apiVersion, seen: apiVersion }),
  },
  {
    id: 'exposed-headers',
    question: 'May a page read the number of a request (ActivityId)?',
    asks: 'frame',
    assumed: 'readable',
    async ask({ api, workItemId }): Promise<Finding> {
      const answer = await api.send('GET', `_apis/wit/workitems/${workItemId}`);
      if (!answer.ok) return { answer: null, seen: answer.words };
      const readable = ['ActivityId', 'ETag', 'X-MS-ContinuationToken', 'Retry-After'].filter((name) =>
        answer.headers.has(name),
      );
      return { answer: readable.includes('ActivityId') ? 'readable' : 'hidden', seen: readable.join(', ') };
    },
  },
  {
    id: 'updates-list',
    question: 'Can the list of changes be read?',
    asks: 'anywhere',
    assumed: 'accept',
    ask: async ({ api, workItemId }) =>
      isAllowed(await api.send('GET', `_apis/wit/workitems/${workItemId}/updates`, { query: { $top: '1' } })),
  },
  {
    id: 'upload-without-project',
    question: 'May a file be uploaded without a project?',
    asks: 'anywhere',
    assumed: ASSUMED.uploadWithoutProject,
    async ask({ api }): Promise<Finding> {
      const { ok, status, words } = await api.send('POST', '_apis/wit/attachments', {
        headers: { 'Content-Type': 'application/octet-stream' },
        body: bytesOf('without a project'),
        query: { fileName: 'without-project.txt', uploadType: 'simple' },
        isBare: true,
      });
      return { answer: ok ? 'accepted' : [403, 404].includes(status) ? 'refused' : null, seen: words };
    },
  },
  {
    id: 'removed-readable',
    question: 'Can a removed attachment still be read?',
    asks: 'anywhere',
    assumed: 'accept',
    unseen: 'For how long.',
    async ask(stage): Promise<Finding> {
      const { id } = await removedUpload(stage, 'removed.txt');
      return isAllowed(await stage.api.send('GET', `_apis/wit/attachments/${id}`));
    },
  },
  {
    id: 'removed-linkable',
    question: 'Can a removed attachment be linked again?',
    asks: 'anywhere',
    assumed: 'accept',
    unseen: 'Whether it is purged later all the same.',
    async ask(stage): Promise<Finding> {
      const reference = await removedUpload(stage, RELINKED_NAME);
      const comment = stage.keepsOne === true ? KEPT_COMMENT : TEST_COMMENT;
      const again = link(reference, { name: RELINKED_NAME, comment });
      return isAllowed(await patch(stage.api, stage.workItemId, [again]));
    },
  },
  {
    id: 'download-range',
    question: 'Can a part of an attachment be read (Range)?',
    asks: 'anywhere',
    assumed: 'whole',
    async ask({ api }): Promise<Finding> {
      const { id } = await upload(api, 'range.txt');
      const answer = await api.send('GET', `_apis/wit/attachments/${id}`, {
        headers: { Range: 'bytes=0-3' },
      });
      const isPart = answer.status === 206 && answer.bytes.length === 4;
      // Status 0: the preflight refused the header.
      return {
        answer: isPart ? 'part' : answer.ok || answer.status === 0 ? 'whole' : null,
        seen: `${answer.words}, ${answer.bytes.length} bytes`,
      };
    },
  },
  {
    id: 'changed-date',
    question: 'Does a new attachment change the date of the last change?',
    asks: 'anywhere',
    assumed: 'yes',
    async ask(stage): Promise<Finding> {
      const changedDate = async (): Promise<unknown> =>
        (await read(stage.api, stage.workItemId)).fields['System.ChangedDate'];
      const before = await changedDate();
      await linkUpload(stage, 'changed-date.txt');
      const isSame = (await changedDate()) === before;
      return { answer: isSame ? 'no' : 'yes', seen: isSame ? 'the same date' : 'another date' };
    },
  },
  {
    id: 'wiql',
    question: 'May it run a query?',
    asks: 'anywhere',
    assumed: 'accept',
    async ask(stage): Promise<Finding> {
      const answer = await query(stage, `[System.Id] = ${stage.workItemId}`);
      const { ok, status, words } = answer;
      if (ok) return { answer: hasFound(answer, stage.workItemId) ? 'accept' : 'empty', seen: words };
      // Without the scope, a page may see no status.
      return { answer: status < 500 && status !== 429 ? 'refuse' : null, seen: words };
    },
  },
  {
    id: 'wiql-current',
    question: 'Does a query know the number of attachments at once?',
    asks: 'anywhere',
    assumed: 'yes',
    async ask(stage): Promise<Finding> {
      const { workItemId } = stage;
      await linkUpload(stage, 'query.txt');
      const { relations = [] } = await read(stage.api, workItemId);
      const count = relations.filter(({ rel }) => rel === 'AttachedFile').length;
      const where = `[System.Id] = ${workItemId} AND [System.AttachedFileCount] = ${count}`;
      const answer = await query(stage, where);
      if (!answer.ok) return { answer: null, seen: answer.words };
      return { answer: hasFound(answer, workItemId) ? 'yes' : 'no', seen: `${answer.words}, ${count}` };
    },
  },
];
