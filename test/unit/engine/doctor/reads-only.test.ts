import type { Method, Request } from '../../../../src/check/questions/api';
import { answerOf } from '../../../../src/check/questions/api';
import { readsOnly } from '../../../../src/engine/doctor/reads-only';

const answer = answerOf({ status: 200, headers: new Headers() }, new Uint8Array());

function createStage() {
  const sent: string[] = [];
  const api = readsOnly({
    send(method, path) {
      sent.push(`${method} ${path}`);
      return Promise.resolve(answer);
    },
  });
  return { api, sent };
}

test.each<[Method, string, Request]>([
  ['GET', '_apis/wit/workitems/8', {}],
  ['OPTIONS', '_apis/wit/attachments/1', {}],
  ['POST', '_apis/wit/wiql', {}],
  ['PATCH', '_apis/wit/workitems/8', { query: { validateOnly: 'true' } }],
])('readsOnly sends %s %s', async (method, path, request) => {
  const { api, sent } = createStage();
  await expect(api.send(method, path, request)).resolves.toBe(answer);
  expect(sent).toEqual([`${method} ${path}`]);
});

test.each<[Method, string, Request]>([
  ['POST', '_apis/wit/attachments', {}],
  ['POST', '_apis/wit/wiql/../attachments', {}],
  ['PUT', '_apis/wit/attachments/1', {}],
  ['PATCH', '_apis/wit/workitems/8', {}],
  ['PATCH', '_apis/wit/workitems/8', { query: { validateOnly: 'false' } }],
  ['PATCH', '_apis/wit/$batch', {}],
  ['DELETE', '_apis/wit/workitems/8', {}],
])('readsOnly refuses %s %s', async (method, path, request) => {
  const { api, sent } = createStage();
  await expect(api.send(method, path, request)).rejects.toThrow('Asked with --yes only.');
  expect(sent).toEqual([]);
});
