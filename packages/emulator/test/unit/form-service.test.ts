import { setUp } from './host-board';

/** Service on a form of Bug 7 with an empty title. */
async function withoutTitle() {
  const all = setUp();
  await all.board.open(7);
  expect(await all.service.getInvalidFields()).toEqual([]);
  await all.service.setFieldValue('System.Title', ' ');
  return all;
}

test('FormService names the invalid fields of a form and does not save it', async () => {
  const { rest, service } = await withoutTitle();
  expect(await service.isValid()).toBe(false);
  expect(await service.getInvalidFields()).toEqual([{ referenceName: 'System.Title', name: 'Title' }]);
  await expect(service.save()).rejects.toThrow('not saveable');
  await service.setFieldValue('System.Title', 'Another');
  expect(await service.getInvalidFields()).toEqual([]);
  await service.save();
  expect(rest.update).toHaveBeenCalledTimes(1);
});

test('FormService does not save a new form without a title', async () => {
  const { board, service } = setUp();
  await board.openNew('Bug');
  expect(await service.getInvalidFields()).toMatchObject([{ referenceName: 'System.Title' }]);
  await expect(service.save()).rejects.toThrow('not saveable');
});

test('setError blocks saving without adding an invalid field', async () => {
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

test('save rejects with the error of the service', async () => {
  const { board, rest, service } = setUp();
  await board.open(7);
  await service.setFieldValue('System.Title', 'Another');
  rest.update.mockRejectedValueOnce(new Error('TF401320: Rule Error for field Severity.'));
  await expect(service.save()).rejects.toThrow('TF401320');
  expect(await service.isDirty()).toBe(true);
});

test('save does nothing for an unchanged form', async () => {
  const { board, service } = setUp();
  await board.open(7);
  await expect(service.save()).rejects.toThrow('not saveable');
});
