import { ASSUMED } from './assumed';
import type { Finding, Question } from './question';
import {
  isAllowed,
  link,
  must,
  patch,
  relationOf,
  sendUpload,
  upload,
  type Reference,
  type WorkItem,
} from './requests';

/** Names with problematic characters for addresses, file systems or lists (REST reference J.8). */
const oddNames: readonly string[] = [
  'emoji 📎.txt',
  '.leading-dot',
  'trailing space ',
  '100%.txt',
  '%41.txt',
  'a+b.txt',
  'a&b.txt',
  'a#b.txt',
  'a;b.txt',
];

/** Open questions about names (REST reference B, J.8). */
export const nameQuestions: readonly Question[] = [
  {
    id: 'odd-names',
    question: 'Do odd file names come back as they were sent?',
    asks: 'anywhere',
    assumed: 'kept',
    async ask({ api, workItemId }): Promise<Finding> {
      const sent: { name: string; reference: Reference }[] = [];
      for (const name of oddNames) sent.push({ name, reference: await upload(api, name) });
      const answer = await patch(
        api,
        workItemId,
        sent.map(({ reference }) => link(reference)),
      );
      if (!answer.ok) return isAllowed(answer);
      const changed = sent.flatMap(({ name, reference }) => {
        const now = relationOf(answer.json as WorkItem, reference).relation.attributes['name'];
        return now === name ? [] : [`${JSON.stringify(name)} became ${JSON.stringify(now)}`];
      });
      return { answer: changed.length === 0 ? 'kept' : 'changed', seen: changed.join('; ') || 'all alike' };
    },
  },
  {
    id: 'long-name',
    question: 'And a name of 300 characters?',
    asks: 'script',
    assumed: 'kept',
    async ask({ api, workItemId }): Promise<Finding> {
      const name = `${'long-name-'.repeat(30).slice(0, 296)}.txt`;
      const uploaded = await sendUpload(api, name);
      if (!uploaded.ok) return isAllowed(uploaded);
      const reference = uploaded.json as Reference;
      const answer = await patch(api, workItemId, [link(reference)]);
      if (!answer.ok) return isAllowed(answer);
      const now = relationOf(answer.json as WorkItem, reference).relation.attributes['name'];
      return { answer: now === name ? 'kept' : 'changed', seen: `${String(now).length} characters` };
    },
  },
  {
    id: 'unnamed-upload',
    question: 'May a file be uploaded without fileName?',
    asks: 'anywhere',
    assumed: ASSUMED.unnamedUpload,
    ask: async ({ api }) => isAllowed(await sendUpload(api, null)),
  },
  {
    id: 'name-in-relation',
    question: 'Does the name in the relation go before that of the upload?',
    asks: 'anywhere',
    assumed: ASSUMED.nameInRelation,
    async ask({ api, workItemId }): Promise<Finding> {
      const named = await upload(api, 'name-of-upload.txt');
      const unnamed = await sendUpload(api, null);
      const references = unnamed.ok ? [named, unnamed.json as Reference] : [named];
      const links = references.map((reference, index) => link(reference, { name: nameInRelation(index) }));
      const item = must(await patch(api, workItemId, links), 'link an upload') as WorkItem;
      const names = references.map((one) => relationOf(item, one).relation.attributes['name']);
      const isKept = names.every((name, index) => name === nameInRelation(index));
      return { answer: isKept ? 'kept' : 'ignored', seen: names.join('; ') };
    },
  },
];

function nameInRelation(index: number): string {
  return `name-of-relation-${index + 1}.txt`;
}
