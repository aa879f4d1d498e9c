import { createNaming } from '../../../src/transport/naming';
import { linkable, relationTo, workItemWith } from '../../helpers/uploads';

test('names travel in the relations', () => {
  expect(createNaming().isInUrl).toBe(false);
});

test('names travel in the URL once the server refused an upload without one', () => {
  const naming = createNaming();
  naming.requireUrlName();
  expect(naming.isInUrl).toBe(true);
});

test('a work item that shows the names it was given changes nothing, though its URLs are others', () => {
  const naming = createNaming();
  naming.check(workItemWith([1, 2, 3]), [linkable(1), linkable(3)]);
  expect(naming.isInUrl).toBe(false);
});

test.each([
  ['another name', { ...relationTo(2), name: 'attachment' }],
  ['no name', { ...relationTo(2), name: '' }],
])('a work item that shows %s has names travel in the URL', (_, relation) => {
  const naming = createNaming();
  naming.check(workItemWith([], { relations: [relationTo(1), relation] }), [linkable(1), linkable(2)]);
  expect(naming.isInUrl).toBe(true);
});

test.each([
  ['an attachment of somebody else', workItemWith([], { relations: [{ ...relationTo(9), name: 'theirs' }] })],
  ['a work item that does not show the attachment', workItemWith([])],
  [
    'a relation to something else',
    workItemWith([], { relations: [{ rel: 'Hyperlink', url: 'https://h/x', name: 'x', attributes: {} }] }),
  ],
])('%s says nothing of the names', (_, workItem) => {
  const naming = createNaming();
  naming.check(workItem, [linkable(1)]);
  expect(naming.isInUrl).toBe(false);
});

test('what was found out once is not forgotten', () => {
  const naming = createNaming();
  naming.requireUrlName();
  naming.check(workItemWith([1]), [linkable(1)]);
  expect(naming.isInUrl).toBe(true);
});
