import { ASSUMED } from './assumed';
import type { Finding, Question, Stage } from './question';
import { isAllowed, link, linkUpload, patch, patchRelation, read, relationOf, upload } from './requests';

/** Whether an attribute can be replaced, verified by a read. */
async function replaceAttribute(stage: Stage, name: 'comment' | 'name'): Promise<Finding> {
  const value = `replaced ${name}`;
  const reference = await linkUpload(stage, `replace-${name}.txt`);
  const answer = await patchRelation(stage, reference, (index) => [
    { op: 'replace', path: `/relations/${index}/attributes/${name}`, value },
  ]);
  if (!answer.ok) return isAllowed(answer);
  const { relation } = relationOf(await read(stage.api, stage.workItemId), reference);
  const now = relation.attributes[name];
  return {
    answer: now === value ? 'accept' : 'ignore',
    seen: `${answer.words}, then ${name} is ${JSON.stringify(now)}`,
  };
}

/** Linking and changing links (REST reference D, J.4, J.5, J.7). */
export const linkQuestions: readonly Question[] = [
  {
    id: 'duplicate-link',
    question: 'Which status has a second link to the same attachment?',
    asks: 'script',
    assumed: { services: '400', server: '409' },
    async ask(stage): Promise<Finding> {
      const reference = await linkUpload(stage, 'duplicate-link.txt');
      const answer = await patch(stage.api, stage.workItemId, [link(reference)]);
      return { answer: String(answer.status), seen: answer.words };
    },
  },
  {
    id: 'relation-url-test',
    question: 'May a patch test the address of a relation?',
    asks: 'anywhere',
    assumed: ASSUMED.relationUrlTest,
    async ask(stage): Promise<Finding> {
      const reference = await linkUpload(stage, 'relation-url-test.txt');
      const answer = await patchRelation(stage, reference, (index, url) => [
        { op: 'test', path: `/relations/${index}/url`, value: url },
        { op: 'remove', path: `/relations/${index}` },
      ]);
      return isAllowed(answer, ['allow', 'refuse']);
    },
  },
  {
    id: 'replace-comment',
    question: 'Can the comment of an attachment be replaced?',
    asks: 'script',
    assumed: 'accept',
    ask: (stage) => replaceAttribute(stage, 'comment'),
  },
  {
    id: 'replace-name',
    question: 'Can the name of an attachment be replaced?',
    asks: 'anywhere',
    assumed: 'accept',
    ask: (stage) => replaceAttribute(stage, 'name'),
  },
  {
    id: 'other-project',
    question: 'May an upload to one project be linked in another?',
    asks: 'script',
    assumed: 'accept',
    unseen: 'The answer to a user who may read only one of the projects.',
    async ask({ api, workItemId, otherProject }): Promise<Finding> {
      if (otherProject === undefined)
        return { answer: null, seen: 'It needs a second project: --other-project.' };
      const reference = await upload(api, 'other-project.txt', otherProject);
      return isAllowed(await patch(api, workItemId, [link(reference, { name: 'other-project.txt' })]));
    },
  },
];
