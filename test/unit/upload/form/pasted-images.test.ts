/** @jest-environment jsdom */
import type { FormEvent } from '../../../../src/azure/host/host';
import { NetworkError } from '../../../../src/base/errors';
import { createPasteChoice } from '../../../../src/upload/form/paste-choice';
import type { PastedInserter, PastedResult } from '../../../../src/upload/form/pasted-images';
import { createPastedImages } from '../../../../src/upload/form/pasted-images';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createTestHost } from '../../../helpers/host';
import { ITEM_7 } from '../../../helpers/uploads';

function begin({ setting }: { readonly setting: string | undefined } = { setting: 'yes' }) {
  const host = createTestHost();
  host.readSetting.mockResolvedValue(setting);
  let report!: (result: PastedResult) => void;
  const add = jest.fn<undefined, [readonly string[]]>();
  const load = jest.fn<Promise<PastedInserter>, [typeof report]>((listener) => {
    report = listener;
    return Promise.resolve({ add, whenIdle: () => Promise.resolve() });
  });
  const pasted = createPastedImages({ host, load });
  const paste = async (...names: readonly string[]): Promise<void> => {
    const files = names.map((name) => {
      const type = name.endsWith('.log') ? 'text/plain' : 'image/png';
      return [`id of ${name}`, { name, size: 1, folder: '', source: new Blob(['x'], { type }) }] as const;
    });
    pasted.add(new Map(files), ITEM_7);
    await flush();
  };
  return { host, pasted, paste, add, load, report: (result: PastedResult) => report(result) };
}

const result = (outcome: PastedResult['outcome']): PastedResult => ({
  target: ITEM_7,
  name: 'a.png',
  outcome,
  sentence: outcome,
});

describe('PastedImages', () => {
  it('passes on the images in their order, and leaves other files alone', async () => {
    const { paste, add } = begin();
    await paste('a.png', 'b.log', 'c.png', 'image without a type of image');
    await paste('d.png');
    expect(add.mock.calls).toEqual([[['id of a.png', 'id of c.png']], [['id of d.png']]]);
  });

  it.each([[undefined], ['no'], ['something newer']])(
    'loads nothing with the setting %s',
    async (setting) => {
      const { paste, load } = begin({ setting });
      await paste('a.png');
      expect(load).not.toHaveBeenCalled();
    },
  );

  it('reads the setting with the first image, and nothing for other files', async () => {
    const { paste, load, host } = begin();
    await paste('b.log');
    expect([host.readSetting.mock.calls, load.mock.calls]).toEqual([[], []]);
    await paste('a.png');
    await paste('c.png');
    expect(host.readSetting.mock.calls).toEqual([['insert-pasted']]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('reports images that could not be passed on, and loads again with the next paste', async () => {
    const { paste, pasted, load, add } = begin();
    load.mockRejectedValueOnce(new NetworkError('Offline.'));
    await paste('a.png', 'b.png');
    expect(pasted.getSnapshot().map(({ name, outcome }) => [name, outcome])).toEqual([
      ['a.png', 'not-inserted'],
      ['b.png', 'not-inserted'],
    ]);
    await paste('c.png');
    expect(add.mock.calls).toEqual([[['id of c.png']]]);
  });

  it('is idle until the inserter is loaded', async () => {
    const { pasted, load, paste } = begin();
    const loading = createDeferred<PastedInserter>();
    load.mockReturnValue(loading.promise);
    await paste('a.png');
    await pasted.whenIdle();
    const inserting = createDeferred<undefined>();
    loading.resolve({ add: () => undefined, whenIdle: () => inserting.promise });
    await flush();
    expect(pasted.whenIdle()).toBe(inserting.promise);
  });

  it.each<[FormEvent['type'], number, readonly string[]]>([
    ['saved', 7, ['not-inserted', 'unclear']],
    ['reset', 7, ['not-inserted', 'unclear']],
    ['unloaded', 7, ['not-inserted', 'unclear']],
    ['changed', 7, ['inserted', 'not-inserted', 'unclear']],
    ['saved', 9, ['inserted', 'not-inserted', 'unclear']],
  ])('keeps the results that are true after the event %s of work item %i', async (type, workItemId, kept) => {
    const { pasted, paste, report } = begin();
    await paste('a.png');
    for (const outcome of ['inserted', 'not-inserted', 'unclear'] as const) report(result(outcome));
    pasted.onFormEvent({ type, workItemId } as FormEvent);
    expect(pasted.getSnapshot().map(({ outcome }) => outcome)).toEqual(kept);
  });

  it('removes the results that the person has dismissed', async () => {
    const { pasted, paste, report } = begin();
    await paste('a.png');
    report(result('inserted'));
    report(result('unclear'));
    pasted.dismiss(pasted.getSnapshot().slice(0, 1));
    expect(pasted.getSnapshot()).toEqual([result('unclear')]);
  });
});

describe('PasteChoice', () => {
  it('keeps the choice of the person, also against a setting that is read later', async () => {
    const host = createTestHost();
    const setting = createDeferred<string | undefined>();
    host.readSetting.mockReturnValue(setting.promise);
    const choice = createPasteChoice(host);
    const recalled = choice.recall();
    choice.choose(true);
    setting.resolve('no');
    await recalled;
    expect(choice.getSnapshot()).toBe(true);
    expect(host.writeSetting.mock.calls).toEqual([['insert-pasted', 'yes']]);
  });
});
