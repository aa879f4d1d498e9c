import type { Finding, Question, Stage } from './question';
import { isAllowed, KEPT_COMMENT, link, must, patch, patchRelation, TEST_COMMENT, upload } from './requests';
import { createWorkItem, deleteWorkItem } from './work-item';

/** Name of the upload that two work items have, and later one. */
export const SECOND_LINK_NAME = 'second-link.txt';

/** Seen if the work item of the run is not its own: a second one is created only beside a created one. */
const NOT_OWN = 'needs a work item of the check';

/** Links an upload to another work item and to that of the run, removes the first link, and reads the upload. */
async function askBeside(stage: Stage, otherId: number): Promise<Finding> {
  const { api, workItemId } = stage;
  const reference = await upload(api, SECOND_LINK_NAME);
  const comment = stage.keepsOne === true ? KEPT_COMMENT : TEST_COMMENT;
  const relation = link(reference, { name: SECOND_LINK_NAME, comment });
  for (const id of [otherId, workItemId]) must(await patch(api, id, [relation]), 'link an upload twice');
  const removal = await patchRelation({ api, workItemId: otherId }, reference, (index) => [
    { op: 'remove', path: `/relations/${index}` },
  ]);
  must(removal, 'remove the first link');
  return isAllowed(await api.send('GET', `_apis/wit/attachments/${reference.id}`));
}

/** Questions about a file on two work items. */
export const secondLinkQuestions: readonly Question[] = [
  {
    id: 'second-link',
    question: 'Can an upload with two links be read after one was removed?',
    asks: 'anywhere',
    assumed: 'accept',
    unseen: 'Whether it is purged 28 days later all the same.',
    async ask(stage): Promise<Finding> {
      if (stage.isOwn !== true) return { answer: null, seen: NOT_OWN };
      const { id } = await createWorkItem(stage.api, stage.project);
      try {
        return await askBeside(stage, id);
      } finally {
        await deleteWorkItem(stage.api, stage.project, id);
      }
    },
  },
];
