import { setUp } from './host-board';

/** The service on a form of Bug 7 whose title was cleared. */
async function withoutTitle() {
  const all = setUp();
  await all.board.open(7);
  expect(await all.service.getInvalidFields()).toEqual([]);
  await all.service.setFieldValue('System.Title', ' ');
  return all;
}

test('an invalid form tells which field must be changed, and is not saved', async () => {
  const { rest, service } = await withoutTitle();
  expect(await service.isValid()).toBe(false);
  expect(await service.getInvalidFields()).toEqual([{ referenceName: 'System.Title', name: 'Title' }]);
  await expect(service.save()).rejects.toThrow('not saveable');
  await service.setFieldValue('System.Title', 'Another');
  expect(await service.getInvalidFields()).toEqual([]);
  await service.save();
  expect(rest.update).toHaveBeenCalledTimes(1);
});

test('so does a new one, which has no title yet', async () => {
  const { board, service } = setUp();
  await board.openNew('Bug');
  expect(await service.getInvalidFields()).toMatchObject([{ referenceName: 'System.Title' }]);
  await expect(service.save()).rejects.toThrow('not saveable');
});

test('what an extension objects to keeps the form from being saved, and is no field', async () => {
  const { board, rest, service } = setUp();
  await board.open(7);
  await service.setFieldValue('System.Title', 'Another');
  await service.setError('Not yet.');
  expect([await service.isValid(), await service.getInvalidFields()]).toEqual([false, []]);
  await expect(service.save()).rejects.toThrow('not saveable');
  await service.clearError();
  await service.save();
  expect(rest.update).toHaveBeenCalledTimes(1);
});

test('a save that the service refuses is rejected with what it says', async () => {
  const { board, rest, service } = setUp();
  await board.open(7);
  await service.setFieldValue('System.Title', 'Another');
  rest.update.mockRejectedValueOnce(new Error('TF401320: Rule Error for field Severity.'));
  await expect(service.save()).rejects.toThrow('TF401320');
  expect(await service.isDirty()).toBe(true);
});

test('an unchanged form is not saved', async () => {
  const { board, service } = setUp();
  await board.open(7);
  await expect(service.save()).rejects.toThrow('not saveable');
});
