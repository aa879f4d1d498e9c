import type { FormFields } from '../../../../src/azure/host/form-fields';
import type { Comment, TextFields } from '../../../../src/azure/rest/long-texts';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import type { Look } from '../../../../src/gallery/insert/field-insertions';
import { createFieldInsertions } from '../../../../src/gallery/insert/field-insertions';
import { createInsertions } from '../../../../src/gallery/insert/insertions';
import { rejectionOf } from '../../../helpers/deferred';
import { createTestHost } from '../../../helpers/host';
import { attachedFile } from '../model/files';

const FIELDS = [
  ['System.Description', 'Beschreibung'],
  ['Custom.Notes', 'Notizen'],
  ['Custom.Other', 'Of another type'],
  ['Custom.Impact', 'Auswirkung'],
  ['Microsoft.VSTS.TCM.ReproSteps', 'Schritte'],
].map(([field = '', name = '']) => ({ field, name, text: '', format: 'html' as const }));

const LOOK: Look = { alternativeText: 'The cart', width: 'small' };

function begin() {
  const store = createGalleryStore();
  store.change({ status: 'open', workItemId: 7 });
  const host = createTestHost();
  const list = jest.fn<ReturnType<FormFields['list']>, []>(() =>
    Promise.resolve(new Set(FIELDS.map(({ field }) => field).filter((field) => field !== 'Custom.Other'))),
  );
  const refused = () => Promise.resolve('failed' as const);
  host.loadFormFields.mockResolvedValue({ list, read: refused, write: refused });
  const pass = jest.fn<Promise<undefined | { released: Promise<'run' | 'cancel'> }>, []>(() =>
    Promise.resolve(undefined),
  );
  const comments: Comment[] = [comment(4, 'Earlier')];
  const texts = {
    readTextFields: () => Promise.resolve<TextFields>({ project: 'Shop', revision: 3, fields: FIELDS }),
    readNewestComments: jest.fn(() => Promise.resolve<readonly Comment[]>([...comments].reverse())),
    addComment: jest.fn<Promise<void>, [number, string, string]>((_id, _project, html) => {
      comments.push(comment(comments.length + 4, html));
      return Promise.resolve();
    }),
  };
  const fields = createFieldInsertions({ host, texts });
  const insertions = createInsertions({
    ...{ store, host, readAgain: jest.fn(), bins: new Map(), gate: { pass }, texts, fields },
  });
  return { insertions, fields, host, list, pass, texts, comments, store };
}

function comment(id: number, text: string): Comment {
  return { id, text, format: 'html', by: '', at: NaN };
}

const FILE = attachedFile('cart.png');

describe('Insertions', () => {
  it('offers the long fields of the form, the likeliest first, with their names', async () => {
    const { insertions } = begin();
    const { fields } = await insertions.readTargets(7);
    expect(fields.map(({ name }) => name)).toEqual(['Schritte', 'Beschreibung', 'Auswirkung', 'Notizen']);
  });

  it('offers the description first if only it has a text', async () => {
    const { insertions, texts } = begin();
    const fields = FIELDS.map((each) => ({ ...each, text: each.name === 'Beschreibung' ? 'x' : '' }));
    texts.readTextFields = () => Promise.resolve({ project: 'Shop', revision: 3, fields });
    expect((await insertions.readTargets(7)).fields[0]?.name).toBe('Beschreibung');
  });

  it('offers no field of a form with another work item', async () => {
    const { insertions, list } = begin();
    list.mockResolvedValue('other-item');
    expect(await insertions.readTargets(7)).toEqual({ fields: [], formProblem: 'other-item' });
  });

  it('remembers the field of the last insertion, and not that of a refusal', async () => {
    const { insertions, fields, host, list } = begin();
    let text = '';
    host.loadFormFields.mockResolvedValue({
      list,
      read: () => Promise.resolve({ current: text, stored: '', revision: 3 }),
      write(_id, field, value) {
        if (field === 'Custom.Notes') return Promise.resolve('read-only');
        text = value;
        return Promise.resolve('sent');
      },
    });
    expect(fields.getChosen()).toBeUndefined();
    await insertions.intoField(FILE, 'Custom.Impact', LOOK);
    await insertions.intoField(FILE, 'Custom.Notes', LOOK);
    expect(fields.getChosen()).toBe('Custom.Impact');
  });

  it('inserts one file after the other, so that none replaces the text of another', async () => {
    const { insertions, host, list } = begin();
    let text = '';
    host.loadFormFields.mockResolvedValue({
      list,
      read: () => Promise.resolve({ current: text, stored: '', revision: 3 }),
      write(_id, _field, value) {
        text = value;
        return Promise.resolve('sent');
      },
    });
    const names = ['a.png', 'b.png', 'c.png'];
    const outcomes = names.map((name) => insertions.intoField(attachedFile(name), 'Custom.Impact', LOOK));
    expect(await Promise.all(outcomes)).toEqual(['inserted', 'inserted', 'inserted']);
    expect(text.match(/fileName=(\w\.png)/g)).toEqual(names.map((name) => `fileName=${name}`));
  });

  it('adds one comment, and refreshes the form', async () => {
    const { insertions, comments, host } = begin();
    expect(await insertions.intoComment(FILE, LOOK)).toBe('inserted');
    expect(comments).toHaveLength(2);
    expect(comments[1]?.text).toMatch(
      /^<img src="https:[^"]*fileName=cart.png" alt="The cart" width="300">$/,
    );
    expect(host.refreshForm).toHaveBeenCalledWith(7);
  });

  it('adds a link to any other file', async () => {
    const { insertions, comments } = begin();
    await insertions.intoComment(attachedFile('a & b.log'), LOOK);
    expect(comments[1]?.text).toMatch(/^<a href="[^"]*">a &#38; b.log<\/a>$/);
  });

  it('adds no second comment after a lost answer', async () => {
    const { insertions, texts, comments } = begin();
    const add = texts.addComment.getMockImplementation()!;
    texts.addComment.mockImplementationOnce(async (...order) => {
      await add(...order);
      throw new NetworkError('Lost.');
    });
    expect(await insertions.intoComment(FILE, LOOK)).toBe('inserted');
    expect(comments).toHaveLength(2);
  });

  it('looks for the comment before another attempt', async () => {
    const { insertions, texts, comments } = begin();
    const add = texts.addComment.getMockImplementation()!;
    texts.addComment.mockImplementationOnce(async (...order) => {
      await add(...order);
      texts.readNewestComments.mockRejectedValueOnce(new NetworkError('Offline.'));
      throw new NetworkError('Lost.');
    });
    expect(await rejectionOf(insertions.intoComment(FILE, LOOK))).toMatchObject({ kind: 'network' });
    texts.readNewestComments.mockRejectedValueOnce(new NetworkError('Offline.'));
    expect(await rejectionOf(insertions.intoComment(FILE, LOOK))).toMatchObject({ kind: 'network' });
    expect(texts.addComment).toHaveBeenCalledTimes(1);
    expect(await insertions.intoComment(FILE, LOOK)).toBe('inserted');
    expect(comments).toHaveLength(2);
    // A second comment with the same picture is what the person asks for now.
    expect(await insertions.intoComment(FILE, LOOK)).toBe('inserted');
    expect(comments).toHaveLength(3);
  });

  it('adds the comment by another attempt if the first one did not arrive', async () => {
    const { insertions, texts, comments } = begin();
    texts.addComment.mockRejectedValueOnce(new NetworkError('Lost.'));
    expect(await rejectionOf(insertions.intoComment(FILE, LOOK))).toMatchObject({ kind: 'network' });
    expect(await insertions.intoComment(FILE, LOOK)).toBe('inserted');
    expect(comments).toHaveLength(2);
  });

  it('reports a refusal without looking further', async () => {
    const { insertions, texts } = begin();
    texts.addComment.mockRejectedValueOnce(new ServerError('no-permission', 'No.'));
    expect(await rejectionOf(insertions.intoComment(FILE, LOOK))).toMatchObject({ kind: 'no-permission' });
    expect(texts.readNewestComments).toHaveBeenCalledTimes(1);
  });

  it('waits with a comment for the save of unsaved edits', async () => {
    const { insertions, pass, comments } = begin();
    pass.mockResolvedValueOnce({ released: Promise.resolve('cancel') });
    expect(await insertions.intoComment(FILE, LOOK)).toBe('waits');
    expect(comments).toHaveLength(1);
  });

  it('loads the fields again after a failure', async () => {
    const { insertions, host } = begin();
    host.loadFormFields.mockRejectedValueOnce(new NetworkError('Offline.'));
    expect(await rejectionOf(insertions.readTargets(7))).toMatchObject({ kind: 'network' });
    expect((await insertions.readTargets(7)).fields).toHaveLength(4);
    expect(await insertions.intoField(FILE, 'System.Description', LOOK)).toBe('no-form');
  });
});
