import { changeComments } from '../../../../src/upload/link/change-comments';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import { createModelWorkItems } from '../../../helpers/model-work-items';
import { problemOf } from '../../../helpers/split';
import { guid, relationTo } from '../../../helpers/uploads';

function begin() {
  const server = createModelWorkItems({ relations: [1, 2, 3].map(relationTo) });
  const services = servicesFor(server, createFakeRuntime());
  return {
    server,
    change: (...comments: [number, string][]) =>
      changeComments(services, 7, new Map(comments.map(([number, text]) => [guid(number), text]))),
    comments: () => server.item().relations.map(({ attributes }) => attributes['comment']),
  };
}

describe('changeComments', () => {
  it('changes several comments in one patch', async () => {
    const { change, comments, server } = begin();
    await change([1, 'one'], [3, 'three']);
    expect(comments()).toEqual(['one', '', 'three']);
    expect(server.asked).toEqual(['read', 'update']);
  });

  it('sends no patch for unchanged comments', async () => {
    const { change, server } = begin();
    await change([1, '']);
    expect(server.asked).toEqual(['read']);
  });

  it('skips attachments that are gone, and fails without any', async () => {
    const { change, comments } = begin();
    await change([2, 'two'], [9, 'nine']);
    expect(comments()).toEqual(['', 'two', '']);
    expect(await problemOf(change([9, 'nine']))).toMatchObject({ kind: 'not-attached' });
  });
});
