import type { FieldText } from '../../../../src/azure/rest/long-texts';
import { NetworkError } from '../../../../src/base/errors';
import type { FieldInsertions, Targets } from '../../../../src/gallery/insert/field-insertions';
import { createPastedInserter } from '../../../../src/gallery/insert/insert-pasted';
import type { FieldOutcome } from '../../../../src/gallery/insert/insert-into-field';
import type { PastedResult } from '../../../../src/upload/form/pasted-images';
import { createDeferred, flush } from '../../../helpers/deferred';
import type { TestQueueOptions } from '../../../helpers/upload-queue';
import { createTestQueue, exactly } from '../../../helpers/upload-queue';
import { DRAFT, ITEM_7 } from '../../../helpers/uploads';

const FIELDS: readonly Pick<FieldText, 'field' | 'name' | 'format'>[] = [
  { field: 'Microsoft.VSTS.TCM.ReproSteps', name: 'Repro Steps', format: 'html' },
  { field: 'System.Description', name: 'Description', format: 'html' },
];

const SAVE_IT = 'Inserted into Repro Steps. Save the work item to keep it.';

function begin(options: TestQueueOptions = {}) {
  const test = createTestQueue({ limits: exactly(4), ...options });
  const results: PastedResult[] = [];
  let chosen: string | undefined;
  const readTargets = jest.fn<Promise<Targets>, [number]>(() =>
    Promise.resolve({ fields: FIELDS, formProblem: undefined }),
  );
  const intoField = jest.fn<Promise<FieldOutcome>, Parameters<FieldInsertions['intoField']>>(() =>
    Promise.resolve('inserted'),
  );
  const whenRefreshed = jest.fn<Promise<unknown>, []>(() => Promise.resolve());
  const inserter = createPastedInserter({
    queue: test.queue,
    fields: { readTargets, intoField, getChosen: () => chosen, setChosen: () => undefined },
    whenRefreshed,
    report: (result) => results.push(result),
  });
  return {
    ...test,
    inserter,
    results,
    readTargets,
    intoField,
    whenRefreshed,
    choose: (field: string) => (chosen = field),
    /** Adds files and their ids to the inserter. */
    paste: async (names: string, target = ITEM_7): Promise<void> => {
      await test.add(names, target);
      inserter.add(names.split(' ').map((name) => test.upload(name).id));
      await flush();
    },
    /** Names of the inserted files, in order. */
    inserted: () => intoField.mock.calls.map(([{ name }]) => name),
  };
}

describe('PastedInserter', () => {
  it('inserts an image once it is linked, small and with its name as alternative text', async () => {
    const { paste, finish, links, intoField, inserted, results, upload } = begin();
    await paste('a.b.png');
    await finish('a.b.png');
    expect(inserted()).toEqual([]);
    links[0]!.answer(2);
    await flush();
    const { state } = upload('a.b.png');
    expect(intoField.mock.calls).toEqual([
      [
        {
          workItemId: 7,
          name: 'a.b.png',
          kind: 'image',
          reference: state.status === 'linked' && state.reference,
        },
        'Microsoft.VSTS.TCM.ReproSteps',
        { alternativeText: 'a.b', width: 'small' },
      ],
    ]);
    expect(results).toEqual([{ target: ITEM_7, name: 'a.b.png', outcome: 'inserted', sentence: SAVE_IT }]);
  });

  it('inserts an image whose link waits for a save, and never again after the link', async () => {
    let isSaved = false;
    const { paste, finish, links, inserted, release, upload } = begin({
      canLink: () => Promise.resolve(isSaved),
    });
    await paste('a.png');
    await finish('a.png');
    expect(upload('a.png').state.status).toBe('waiting-for-save');
    expect(inserted()).toEqual(['a.png']);
    isSaved = true;
    release(7, 'if-allowed');
    await flush();
    links[0]!.answer(2);
    await flush();
    expect([upload('a.png').state.status, inserted()]).toEqual(['linked', ['a.png']]);
  });

  it('inserts several images in the order of the paste, one after the other', async () => {
    const { paste, finish, links, inserted, intoField } = begin({ canLink: () => Promise.resolve(false) });
    const first = createDeferred<FieldOutcome>();
    intoField.mockReturnValueOnce(first.promise);
    await paste('a.png b.png c.png');
    await finish('c.png b.png');
    expect(inserted()).toEqual([]);
    await finish('a.png');
    expect(inserted()).toEqual(['a.png']);
    first.resolve('inserted');
    await flush();
    expect(inserted()).toEqual(['a.png', 'b.png', 'c.png']);
    expect(links).toHaveLength(0);
  });

  it('inserts images of one work item without those of another', async () => {
    const { paste, finish, links, inserted } = begin();
    await paste('a.png');
    await paste('b.png', { kind: 'work-item', id: 9 });
    await finish('b.png');
    links[0]!.answer(2);
    await flush();
    expect(inserted()).toEqual(['b.png']);
  });

  it('waits for the link of another file: a patch would make the save of the edit conflict', async () => {
    const { paste, add, finish, links, inserted } = begin();
    await paste('a.png');
    await finish('a.png');
    await add('b.log');
    await finish('b.log');
    links[0]!.answer(2);
    await flush();
    // The next patch is on its way.
    expect(links).toHaveLength(2);
    expect(inserted()).toEqual([]);
    links[1]!.answer(3);
    await flush();
    expect(inserted()).toEqual(['a.png']);
  });

  it('waits for a refresh of the form, which would discard the edit', async () => {
    const { paste, finish, links, inserted, inserter, whenRefreshed } = begin();
    const refreshed = createDeferred<undefined>();
    whenRefreshed.mockReturnValue(refreshed.promise);
    let isIdle = false;
    await paste('a.png');
    await finish('a.png');
    links[0]!.answer(2);
    await flush();
    void inserter.whenIdle().then(() => (isIdle = true));
    await flush();
    expect([inserted(), isIdle]).toEqual([[], false]);
    refreshed.resolve(undefined);
    await flush();
    expect([inserted(), isIdle]).toEqual([['a.png'], true]);
  });

  it('inserts no image that fails or is canceled, and does not wait for it', async () => {
    const { paste, finish, fail, queue, upload, inserted, results } = begin({
      canLink: () => Promise.resolve(false),
    });
    await paste('a.png b.png c.png');
    await finish('c.png');
    queue.cancel([upload('a.png').id]);
    expect(inserted()).toEqual([]);
    await fail('b.png', new RangeError('No.'));
    expect(upload('b.png').state.status).toBe('failed');
    expect([inserted(), results.length]).toEqual([['c.png'], 1]);
  });

  it('inserts a failed image after a successful retry', async () => {
    const { paste, finish, fail, queue, upload, inserted } = begin({ canLink: () => Promise.resolve(false) });
    await paste('a.png');
    await fail('a.png', new RangeError('No.'));
    queue.retry([upload('a.png').id]);
    await flush();
    await finish('a.png');
    expect(inserted()).toEqual(['a.png']);
  });

  it('does not wait for an image that is paused, or may be attached already', async () => {
    const { paste, finish, queue, upload, inserted } = begin({ canLink: () => Promise.resolve(false) });
    await paste('a.png b.png c.png');
    queue.pause([upload('a.png').id]);
    queue.setDuplicate(upload('b.png').id, {
      status: 'asking',
      likeness: 'name',
      attachmentId: 'x',
      name: 'b.png',
    });
    await finish('b.png c.png');
    expect(inserted()).toEqual(['c.png']);
    queue.setDuplicate(upload('b.png').id, undefined);
    await flush();
    expect(inserted()).toEqual(['c.png', 'b.png']);
  });

  it('inserts into the field that the person chose last, if the form has it', async () => {
    const { paste, finish, intoField, choose, readTargets } = begin({
      canLink: () => Promise.resolve(false),
    });
    choose('System.Description');
    await paste('a.png');
    await finish('a.png');
    readTargets.mockResolvedValue({ fields: FIELDS.slice(0, 1), formProblem: undefined });
    await paste('b.png');
    await finish('b.png');
    expect(intoField.mock.calls.map(([, field]) => field)).toEqual([
      'System.Description',
      'Microsoft.VSTS.TCM.ReproSteps',
    ]);
  });

  it.each<[FieldOutcome, PastedResult['outcome'], string]>([
    ['read-only', 'not-inserted', 'Repro Steps is read-only. Choose another place.'],
    [
      'unclear',
      'unclear',
      "Stapler couldn't check Repro Steps. Look at its text before you save the work item.",
    ],
  ])('reports the outcome %s once', async (outcome, reported, sentence) => {
    const { paste, finish, intoField, results } = begin({ canLink: () => Promise.resolve(false) });
    intoField.mockResolvedValue(outcome);
    await paste('a.png');
    await finish('a.png');
    expect(results).toEqual([{ target: ITEM_7, name: 'a.png', outcome: reported, sentence }]);
    expect(intoField).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Targets['formProblem'], string]>([
    ['another work item', 'other-item', 'Another work item is open.'],
    ['no answer', 'failed', "The form didn't accept the change."],
    ['no long text', undefined, 'The form has no field for long texts.'],
  ])('reports a form with %s', async (_, formProblem, sentence) => {
    const { paste, finish, readTargets, results } = begin({ canLink: () => Promise.resolve(false) });
    readTargets.mockResolvedValue({ fields: [], formProblem });
    await paste('a.png');
    await finish('a.png');
    expect(results[0]).toMatchObject({
      outcome: 'not-inserted',
      sentence: expect.stringContaining(sentence) as string,
    });
  });

  it('reports a failure, and inserts the next image', async () => {
    const { paste, finish, readTargets, results } = begin({ canLink: () => Promise.resolve(false) });
    readTargets.mockRejectedValueOnce(new NetworkError('Offline.'));
    await paste('a.png b.png');
    await finish('a.png b.png');
    expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['a.png', 'not-inserted'],
      ['b.png', 'inserted'],
    ]);
  });

  it('inserts nothing into a new work item: the format of its texts is unknown', async () => {
    const { paste, finish, readTargets, results } = begin();
    await paste('a.png', DRAFT);
    await finish('a.png');
    expect(readTargets).not.toHaveBeenCalled();
    expect(results).toEqual([
      {
        target: DRAFT,
        name: 'a.png',
        outcome: 'not-inserted',
        sentence: 'Save the work item, then choose “Insert into…” in the menu of the image.',
      },
    ]);
  });
});
