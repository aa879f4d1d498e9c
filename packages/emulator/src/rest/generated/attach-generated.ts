import { jamal, johnnie, project } from '../fabrikam';
import { endOfTime } from '../relation-values';
import { RelationsOnDemand, withRelationsOnDemand } from '../relations-on-demand';
import type { Store } from '../store';
import { attachedFile, type Relation, type WorkItemUpdate } from '../work-item';
import { fileDateOf, firstGeneratedId } from './generated-dates';
import type { GeneratedFiles } from './generated-files';

/** Leaves room for the relations of the seeded work items, and for new ones. */
const firstRelationId = 10_000_000;

/** Every ninth work item shows its first image in its description. */
const withTextEvery = 9;

/**
 * Attaches the generated files of a new work item in its second revision. No file and no relation is created yet.
 *
 * @param baseUrl Base of the REST service, for the description.
 */
export function attachGenerated(store: Store, files: GeneratedFiles, item: number, baseUrl: string): void {
  const count = files.countOf(item);
  if (count === 0) return;
  const first = store.workItem(firstGeneratedId + item);
  const author = { by: item % 3 === 0 ? jamal : johnnie, date: fileDateOf(item) };
  const text = item % withTextEvery === 0 ? descriptionOf(files, item, baseUrl) : undefined;
  const described = text === undefined ? {} : { 'System.Description': text };
  const fields = {
    ...first.fields,
    ...described,
    'System.ChangedDate': author.date,
    'System.ChangedBy': author.by,
  };
  const source = new RelationsOnDemand(() => relationsOf(files, item, count, author.date));
  const second = withRelationsOnDemand({ ...first, rev: 2, fields }, source, count);
  const updates: WorkItemUpdate[] = [
    ...store.updates(first.id),
    { id: 2, ...author, before: first, after: second },
  ];
  store.adopt([first, second], updates);
}

function descriptionOf(files: GeneratedFiles, item: number, baseUrl: string): string | undefined {
  for (let index = 0; index < files.countOf(item); index++) {
    const { id, name, kind } = files.file(item, index);
    if (kind.head !== 'picture') continue;
    const path = `${project.id}/_apis/wit/attachments/${id}?fileName=${encodeURIComponent(name)}`;
    return `<div>It looks like this: <img src="${new URL(path, baseUrl).href}" alt="" /></div>`;
  }
  return undefined;
}

function relationsOf(files: GeneratedFiles, item: number, count: number, date: string): Relation[] {
  return Array.from({ length: count }, (_, index) => {
    const { id, name, bytes } = files.file(item, index);
    return {
      rel: attachedFile,
      url: `${project.id}/_apis/wit/attachments/${id}`,
      attributes: {
        authorizedDate: date,
        id: firstRelationId + item * 64 + index,
        resourceCreatedDate: date,
        resourceModifiedDate: date,
        revisedDate: endOfTime,
        ...((item + index) % 5 === 0 && { comment: `From the run of ${date.slice(0, 10)}` }),
        name,
        resourceSize: bytes,
      },
    };
  });
}
