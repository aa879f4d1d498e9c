import { readWorkItemsOfBuild } from '../../../../src/azure/rest/build-work-items';
import { createTestConnection } from '../../../helpers/connection';

function begin() {
  const { connection, stack } = createTestConnection();
  return { answer: readWorkItemsOfBuild(connection, { project: 'My Shop', buildId: 42 }), stack };
}

test('readWorkItemsOfBuild returns the ids of the references, each once', async () => {
  const { answer, stack } = begin();
  const request = await stack.nextRequest();
  expect([request.method, request.parsedUrl.pathname]).toEqual([
    'GET',
    '/fabrikam/My%20Shop/_apis/build/builds/42/workitems',
  ]);
  request.respondWith({
    status: 200,
    json: { count: 4, value: [{ id: '9' }, { id: '7' }, { id: '9' }, null, { id: 'x' }] },
  });
  expect(await answer).toEqual([9, 7]);
});

test('readWorkItemsOfBuild rejects any other answer', async () => {
  const { answer, stack } = begin();
  (await stack.nextRequest()).respondWith({ status: 200, json: { count: 0 } });
  await expect(answer).rejects.toMatchObject({ kind: 'unexpected-answer' });
});
