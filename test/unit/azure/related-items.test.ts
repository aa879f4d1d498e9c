import { relatedItemsOf } from '../../../src/azure/related-items';
import type { Relation } from '../../../src/azure/work-item';

const link = (rel: string, url: string): Relation => ({ rel, url, name: '', attributes: {} });
const to = (rel: string, id: number): Relation =>
  link(`System.LinkTypes.${rel}`, `https://dev.azure.com/o/p/_apis/wit/workItems/${id}`);

test('relatedItemsOf returns the parent, the children and related work items, each once', () => {
  const relations = [
    to('Related', 4),
    to('Hierarchy-Forward', 3),
    to('Related', 3),
    to('Hierarchy-Reverse', 2),
    to('Related', 7),
    to('Dependency-Forward', 5),
  ];
  expect(relatedItemsOf({ id: 7, relations })).toEqual([
    { workItemId: 2, kind: 'parent' },
    { workItemId: 3, kind: 'child' },
    { workItemId: 4, kind: 'related' },
  ]);
});

test('relatedItemsOf skips relations without a work item ID', () => {
  const relations = [
    link('System.LinkTypes.Related', 'https://dev.azure.com/o/_apis/wit/workItems/x'),
    link('System.LinkTypes.Related', ''),
    link('Hyperlink', 'https://elsewhere.example/workItems/3'),
  ];
  expect(relatedItemsOf({ id: 7, relations })).toEqual([]);
});
