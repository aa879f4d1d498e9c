import { relativesOf } from '../../../src/attached/family';
import type { Relation } from '../../../src/model/work-item';

const link = (rel: string, url: string): Relation => ({ rel, url, name: '', attributes: {} });
const to = (rel: string, id: number): Relation =>
  link(`System.LinkTypes.${rel}`, `https://dev.azure.com/o/p/_apis/wit/workItems/${id}`);

test('the family is the parent, then the children, then related work items, each once', () => {
  const relations = [
    to('Related', 4),
    to('Hierarchy-Forward', 3),
    to('Related', 3),
    to('Hierarchy-Reverse', 2),
    to('Related', 7),
    to('Dependency-Forward', 5),
  ];
  expect(relativesOf({ id: 7, relations })).toEqual([
    { workItemId: 2, kinship: 'parent' },
    { workItemId: 3, kinship: 'child' },
    { workItemId: 4, kinship: 'related' },
  ]);
});

test('what names no work item is none', () => {
  const relations = [
    link('System.LinkTypes.Related', 'https://dev.azure.com/o/_apis/wit/workItems/x'),
    link('System.LinkTypes.Related', ''),
    link('Hyperlink', 'https://elsewhere.example/workItems/3'),
  ];
  expect(relativesOf({ id: 7, relations })).toEqual([]);
});
