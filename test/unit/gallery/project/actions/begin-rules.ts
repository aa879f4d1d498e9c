import { createRuleCleanUp } from '../../../../../src/gallery/project/actions/rule-clean-up';
import { createContentReader } from '../../../../../src/gallery/project/duplicates/content-reader';
import { createMemoryContents } from '../../../../../src/gallery/project/duplicates/content-store';
import { createDuplicateFinder } from '../../../../../src/gallery/project/duplicates/duplicate-finder';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import { createContentServer } from '../../../../helpers/content-server';
import { projectItem } from '../../../../helpers/project-files';
import { searchesOf } from '../../../../helpers/project-rows';
import { begin, numbersOf } from '../clean-up/begin';

/** Contents by number of the attachment; 1, 3 and 4 are equal, 5 has their size and name only. */
const CONTENTS: Readonly<Record<number, string>> = {
  1: 'same',
  2: 'other text',
  3: 'same',
  4: 'same',
  5: 'SAME',
};

function describeFile(file: ProjectFile): ProjectFile {
  const number = Number(file.reference.id.slice(-12));
  const size = CONTENTS[number]?.length ?? 1;
  const isClosed = file.item.id === 8;
  return {
    ...{ ...file, size, name: number === 2 ? 'b.txt' : 'a.log', isInText: number === 4, addedAt: number },
    item: projectItem(file.item.id, { isClosed, state: isClosed ? 'Closed' : 'Active' }),
  };
}

/** A clean-up by rules in memory: 3 and 4 are on a closed work item, 4 is in a text. */
export async function startRules(frame = '') {
  const test = begin({ attached: { 7: [1, 2], 8: [3, 4], 9: [5] } });
  for (const [id, state] of [
    [7, 'Active'],
    [8, 'Closed'],
    [9, 'Active'],
  ] as const)
    test.service.restore({ ...test.service.item(id), state });
  const files = test.files.map(describeFile);
  const aside = searchesOf(files);
  const changed: number[] = [];
  const index = {
    aside,
    onItemChanged: (id: number) => Promise.resolve(void changed.push(id)),
  };
  const server = createContentServer((id) => {
    const content = CONTENTS[Number(id.slice(-12))];
    return content === undefined ? undefined : new TextEncoder().encode(content);
  }, 'part');
  const { services, bin, runtime } = test;
  const finder = createDuplicateFinder({
    reader: createContentReader({ open: server.open, limit: (task) => task() }),
    contents: createMemoryContents(),
    runtime,
  });
  const work = createRuleCleanUp({ services, bin, index, frame, finder });
  await work.estimates.count(work.form.getSnapshot());
  /** Advances the clock until `task` is done. A lazy part of Stapler takes time of its own. */
  async function complete(task: Promise<void>): Promise<void> {
    const progress = { isDone: false };
    void task.then(() => (progress.isDone = true));
    while (!progress.isDone) {
      await test.runtime.pass(30_000);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const dryRun = async () => {
    await complete(work.open());
    const state = work.dryRun.getSnapshot();
    const phase = work.cleanUp.state.getSnapshot().phase;
    const numbers = (some: readonly ProjectFile[]) =>
      some.map(({ reference }) => Number(reference.id.slice(-12)));
    return state.status === 'planned'
      ? {
          phase,
          files: numbers(state.plan.files),
          kept: state.plan.kept.map(({ file, reason }) => [...numbers([file]), reason]),
        }
      : state;
  };
  const attached = () => [7, 8, 9].map((id) => numbersOf(test.service, id));
  return { ...test, complete, work, dryRun, attached, aside, changed };
}
