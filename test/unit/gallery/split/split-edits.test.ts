import { joinSplitFiles } from '../../../../src/gallery/model/split-files';
import { editParts, partComments, partNames } from '../../../../src/gallery/split/split-edits';
import { readVolumeComment } from '../../../../src/upload/volumes/volume-mark';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import { createModelWorkItems } from '../../../helpers/model-work-items';
import { attachedParts, splitInto } from '../../../helpers/split';
import { guid, referenceTo, relationTo } from '../../../helpers/uploads';

const PARTS = splitInto('log.txt', Buffer.from('abcdefghij'), 4, 'night run');

/** A work item with a split file between two other attachments. */
function begin() {
  const { files } = attachedParts(PARTS);
  const ofSplit = PARTS.map(({ name, comment, content }, index) => ({
    ...{ rel: 'AttachedFile', url: referenceTo(index + 1).url, name },
    attributes: { name, comment, resourceSize: content.length },
  }));
  const server = createModelWorkItems({ relations: [relationTo(8), ...ofSplit, relationTo(9)] });
  const services = servicesFor(server, createFakeRuntime());
  const whole = joinSplitFiles(files)[0]!;
  const names = () => server.item().relations.map(({ name }) => name);
  return { server, services, whole, names, revision: () => server.item().revision };
}

describe('editParts', () => {
  it('renames all volumes in one revision, and keeps their endings', async () => {
    const { services, whole, names, revision } = begin();
    const before = revision();
    const renamed = await editParts(services, whole, { name: 'night.txt' });
    expect(names()).toEqual(['8.txt', 'night.txt.001', 'night.txt.002', 'night.txt.003', '9.txt']);
    expect([...renamed]).toEqual([1, 2, 3].map((number) => [guid(number), `night.txt.00${number}`]));
    expect(revision()).toBe(before + 1);
  });

  it('changes the comment of all volumes in one revision, and keeps their marks', async () => {
    const { server, services, whole, revision } = begin();
    const before = revision();
    await editParts(services, whole, { comment: 'The one that failed' });
    const comments = server.item().relations.map(({ attributes }) => String(attributes['comment']));
    expect([comments[0], comments[4]]).toEqual(['', '']);
    for (const [index, { comment }] of PARTS.entries())
      expect(readVolumeComment(comments[index + 1] ?? '')).toEqual({
        comment: 'The one that failed',
        mark: readVolumeComment(comment)?.mark,
      });
    expect(revision()).toBe(before + 1);
  });
});

it('A rename repairs unusual names of volumes, and its undo restores them', () => {
  const { files } = attachedParts(
    PARTS.map((part, index) => (index === 1 ? { ...part, name: 'mail.bin' } : part)),
  );
  const whole = joinSplitFiles(files)[0]!;
  expect([...partNames(whole, 'a.txt').values()]).toEqual(['a.txt.001', 'a.txt.002', 'a.txt.003']);
  expect([...partNames(whole, whole.name).values()]).toEqual(['log.txt.001', 'mail.bin', 'log.txt.003']);
});

it('An edit of an incomplete file leaves out the missing volumes', () => {
  const { files } = attachedParts(PARTS.slice(1));
  const whole = joinSplitFiles(files)[0]!;
  expect([...partNames(whole, 'a.txt').values()]).toEqual(['a.txt.002', 'a.txt.003']);
  expect([...partComments(whole, 'x').keys()]).toEqual([guid(1), guid(2)]);
});
