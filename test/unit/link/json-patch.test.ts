import { addAttachmentsPatch } from '../../../src/link/json-patch';
import { linkable, referenceTo } from '../../helpers/uploads';

test('each attachment is one add, with name, comment and size', () => {
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

test('the order is kept', () => {
  const patch = addAttachmentsPatch([3, 1, 2].map(linkable)) as { value: { url: string } }[];
  expect(patch.map(({ value }) => value.url)).toEqual([3, 1, 2].map((number) => referenceTo(number).url));
});

test('nothing makes an empty patch', () => {
  expect(addAttachmentsPatch([])).toEqual([]);
});
