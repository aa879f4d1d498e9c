import { createDeferred, flush } from '../../../helpers/deferred';
import { pickedFile } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { stageWithItem7 } from './stage';

const IMAGES = { accepted: [image('a.png'), pickedFile('b'), image('c.png')], rejected: [] };

function image(name: string) {
  return { ...pickedFile(name), source: new Blob([name], { type: 'image/png' }) };
}

/** Starts a session that inserts pasted images into a text. */
async function stageInserting(): Promise<Stage> {
  const staged = await stageWithItem7();
  staged.host.readSetting.mockResolvedValue('yes');
  staged.intake.fromPaste.mockReturnValue(IMAGES);
  staged.intake.fromInput.mockResolvedValue(IMAGES);
  staged.intake.fromDrop.mockResolvedValue(IMAGES);
  return staged;
}

describe('FormSession that inserts pasted images', () => {
  test('passes on the images of a paste in the group, and in the list of attachments', async () => {
    const { session, inserter, test } = await stageInserting();
    session.attachPasted([]);
    await flush();
    const idsOf = (...names: readonly string[]) => names.map((name) => test.upload(name).id);
    expect(inserter.add.mock.calls).toEqual([[idsOf('a.png', 'c.png')]]);
    session.attachTo({ accepted: [image('d.png')], rejected: [] }, 7, true);
    await flush();
    expect(inserter.add.mock.calls[1]).toEqual([idsOf('d.png')]);
  });

  test('passes on no picked, dropped or copied images', async () => {
    const { session, loadInserter } = await stageInserting();
    session.attachPicked([]);
    session.attachDropped({} as DataTransfer);
    session.attachTo(IMAGES, 7);
    await flush();
    expect(loadInserter).not.toHaveBeenCalled();
  });

  test('asks for unsaved edits before a link only after the insertion in progress', async () => {
    const { session, inserter, test, host } = await stageInserting();
    const inserting = createDeferred<undefined>();
    inserter.whenIdle.mockReturnValue(inserting.promise);
    session.attachPasted([]);
    await flush();
    host.getUnsavedEdits.mockClear();
    await test.finish('a.png b c.png');
    expect([host.getUnsavedEdits.mock.calls.length, test.links.length]).toEqual([0, 0]);
    host.getUnsavedEdits.mockResolvedValue('some');
    inserting.resolve(undefined);
    await flush();
    expect(test.statuses()).toBe('a.png waiting-for-save, b waiting-for-save, c.png waiting-for-save');
  });
});
