import { assumptionAnswers } from 'azure-devops-emulator';
import type { Answer } from '../api';
import type { Finding, Question, Stage } from '../question';
import {
  isAllowed,
  link,
  must,
  patch,
  read,
  relationOf,
  upload,
  type PatchOperation,
  type Reference,
} from '../requests';

/** Linked upload. */
async function linked({ api, workItemId }: Stage, fileName: string): Promise<Reference> {
  const reference = await upload(api, fileName);
  must(await patch(api, workItemId, [link(reference, { name: fileName })]), 'link an upload');
  return reference;
}

/** Reads the work item and sends a patch about the relation of an upload. */
async function patchRelation(
  { api, workItemId }: Stage,
  reference: Reference,
  operation: (index: number, url: string) => PatchOperation[],
): Promise<Answer> {
  const { index, relation } = relationOf(await read(api, workItemId), reference);
  return patch(api, workItemId, operation(index, relation.url));
}

/** Whether an attribute can be replaced, verified by a read. */
async function replaceAttribute(stage: Stage, name: 'comment' | 'name'): Promise<Finding> {
  const value = `replaced ${name}`;
  const reference = await linked(stage, `replace-${name}.txt`);
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
    assumed: { services: '400', server: '409' },
    async ask(stage): Promise<Finding> {
      const reference = await linked(stage, 'duplicate-link.txt');
      const answer = await patch(stage.api, stage.workItemId, [link(reference)]);
      return { answer: String(answer.status), seen: answer.words };
    },
  },
  {
    id: 'relation-url-test',
    question: 'May a patch test the address of a relation?',
    assumed: assumptionAnswers.relationUrlTest[0],
    async ask(stage): Promise<Finding> {
      const reference = await linked(stage, 'relation-url-test.txt');
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
    assumed: 'accept',
    ask: (stage) => replaceAttribute(stage, 'comment'),
  },
  {
    id: 'replace-name',
    question: 'Can the name of an attachment be replaced?',
    assumed: 'accept',
    ask: (stage) => replaceAttribute(stage, 'name'),
  },
  {
    id: 'other-project',
    question: 'May an upload to one project be linked in another?',
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
