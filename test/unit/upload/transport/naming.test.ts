import { createNaming } from '../../../../src/upload/transport/transfer-tools';
import { linkable, relationTo, workItemWith } from '../../../helpers/uploads';

test('createNaming starts with names in the relations', () => {
  expect(createNaming().isInUrl).toBe(false);
});

test('createNaming puts names into the URL after a refused upload without a name', () => {
  const naming = createNaming();
  naming.requireUrlName();
  expect(naming.isInUrl).toBe(true);
});

test('createNaming accepts matching names even with different URLs', () => {
  const naming = createNaming();
  naming.check(workItemWith([1, 2, 3]), [linkable(1), linkable(3)]);
  expect(naming.isInUrl).toBe(false);
});

test.each([
  ['another name', { ...relationTo(2), name: 'attachment' }],
  ['no name', { ...relationTo(2), name: '' }],
])('createNaming puts names into the URL when a work item shows %s', (_, relation) => {
  const naming = createNaming();
  naming.check(workItemWith([], { relations: [relationTo(1), relation] }), [linkable(1), linkable(2)]);
  expect(naming.isInUrl).toBe(true);
});

test.each([
  ['an attachment of another user', workItemWith([], { relations: [{ ...relationTo(9), name: 'theirs' }] })],
  ['a work item that does not show the attachment', workItemWith([])],
  [
    'a relation to something else',
    workItemWith([], { relations: [{ rel: 'Hyperlink', url: 'https://h/x', name: 'x', attributes: {} }] }),
  ],
])('createNaming ignores other relations: %s', (_, workItem) => {
  const naming = createNaming();
  naming.check(workItem, [linkable(1)]);
  expect(naming.isInUrl).toBe(false);
});

test('createNaming keeps a requirement once learned', () => {
  const naming = createNaming();
  naming.requireUrlName();
  naming.check(workItemWith([1]), [linkable(1)]);
  expect(naming.isInUrl).toBe(true);
});
