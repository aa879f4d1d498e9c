import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURES } from '../../../tools/pictures';
import { nodesIn, ROOT, wordsOf } from './markdown';

/** Pages of the guide that have a task under each heading. */
const TASKS = ['form.md', 'attachments.md', 'many-work-items.md', 'hub.md'].map((page) =>
  join('docs', 'guide', page),
);

test.each(TASKS)('%s has a picture for each task', (page) => {
  const tasks: { heading: string; pictures: number }[] = [];
  for (const node of nodesIn(page)) {
    if (node.type === 'heading' && node.depth === 2) tasks.push({ heading: wordsOf(node), pictures: 0 });
    if (node.type === 'image' && tasks.length > 0) tasks.at(-1)!.pictures++;
  }
  expect(tasks).not.toEqual([]);
  expect(tasks.filter(({ pictures }) => pictures === 0)).toEqual([]);
});

test('The pictures of the docs are those that `npm run screenshots` takes', () => {
  const taken = PICTURES.flatMap(({ name, themes }) => themes.map((theme) => `${name}-${theme}.png`));
  expect(readdirSync(join(ROOT, 'docs', 'images')).sort()).toEqual(taken.sort());
});
