import {
  addAttachmentsPatch,
  removeRelationsPatch,
  restoreRelationsPatch,
} from '../../../../src/upload/link/json-patch';
import { linkable, linkTo, referenceTo, relationTo } from '../../../helpers/uploads';

test('addAttachmentsPatch adds each attachment with name, comment and size', () => {
  const spec = { reference: referenceTo(1), name: 'Spec #1.txt', comment: 'logs/2026', size: 12_345 };
  const empty = { reference: referenceTo(2), name: 'empty', comment: '', size: 0 };
  expect(JSON.stringify(addAttachmentsPatch([spec, empty]), undefined, 1)).toBe(`[
 {
  "op": "add",
  "path": "/relations/-",
  "value": {
   "rel": "AttachedFile",
   "url": "https://dev.azure.com/fabrikam/_apis/wit/attachments/00000000-0000-4000-8000-000000000001?fileName=1.txt",
   "attributes": {
    "name": "Spec #1.txt",
    "comment": "logs/2026",
    "resourceSize": 12345
   }
  }
 },
 {
  "op": "add",
  "path": "/relations/-",
  "value": {
   "rel": "AttachedFile",
   "url": "https://dev.azure.com/fabrikam/_apis/wit/attachments/00000000-0000-4000-8000-000000000002?fileName=2.txt",
   "attributes": {
    "name": "empty",
    "comment": "",
    "resourceSize": 0
   }
  }
 }
]`);
});

test('addAttachmentsPatch keeps the order', () => {
  const patch = addAttachmentsPatch([3, 1, 2].map(linkable)) as { value: { url: string } }[];
  expect(patch.map(({ value }) => value.url)).toEqual([3, 1, 2].map((number) => referenceTo(number).url));
});

test('addAttachmentsPatch returns an empty patch for no attachments', () => {
  expect(addAttachmentsPatch([])).toEqual([]);
});

test('removeRelationsPatch removes from the highest index down', () => {
  const indexes = [2, 10, 1];
  expect(removeRelationsPatch(indexes).map(({ path }) => path)).toEqual([
    '/relations/10',
    '/relations/2',
    '/relations/1',
  ]);
  expect(indexes).toEqual([2, 10, 1]);
});

test('restoreRelationsPatch keeps all attributes not set by the server', () => {
  const relation = relationTo(1);
  const attributes = {
    ...relation.attributes,
    comment: 'log',
    id: 77,
    authorizedDate: '2026-01-01T00:00:00Z',
  };
  expect(restoreRelationsPatch([{ ...relation, attributes }, linkTo(8)])).toEqual([
    {
      op: 'add',
      path: '/relations/-',
      value: {
        rel: 'AttachedFile',
        url: relation.url,
        attributes: { name: '1.txt', comment: 'log', resourceSize: 10 },
      },
    },
    {
      op: 'add',
      path: '/relations/-',
      value: {
        rel: 'System.LinkTypes.Related',
        url: linkTo(8).url,
        attributes: { name: 'Related', isLocked: false },
      },
    },
  ]);
});
