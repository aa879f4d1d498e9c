import type { FormEvent } from '../../../../src/azure/host/host';
import type { FormAction, FormChange, FormContext, FormState } from '../../../../src/upload/form/form-state';
import { interpret, reduceForm } from '../../../../src/upload/form/form-state';
import { ITEM_7 } from '../../../helpers/uploads';
import { loaded, openOn, openOnDraft, READ_7 } from './stage';

const CONNECTING: FormState = { status: 'connecting', late: false };
const EMPTY: FormState = { status: 'empty', late: false };
const PROBLEM = { kind: 'network' } as const;
const UNREAD_7 = openOn(7);
const { target, hostId, label, isReadOnly, attachmentCount, former } = UNREAD_7;
const ITEM = { target, hostId, label, isReadOnly, attachmentCount, former };

describe('reduceForm', () => {
  test.each<[string, FormState, FormAction, FormState]>([
    ['empties the form once connected', CONNECTING, { type: 'connected' }, EMPTY],
    ['keeps an item that arrived before the connection', READ_7, { type: 'connected' }, READ_7],
    [
      'marks a silent host as late',
      CONNECTING,
      { type: 'late', status: 'connecting' },
      { status: 'connecting', late: true },
    ],
    ['marks a missing item as late', EMPTY, { type: 'late', status: 'empty' }, { ...EMPTY, late: true }],
    ['ignores the first timeout after the connection', EMPTY, { type: 'late', status: 'connecting' }, EMPTY],
    ['ignores the second timeout with an item', READ_7, { type: 'late', status: 'empty' }, READ_7],
    ['shows an item', EMPTY, { type: 'opened', item: ITEM }, UNREAD_7],
    [
      'replaces another item',
      openOn(8, { problem: PROBLEM, notShown: 'failed' }),
      { type: 'opened', item: ITEM },
      UNREAD_7,
    ],
    [
      'keeps the facts of an item opened again',
      { ...READ_7, notShown: 'failed' },
      { type: 'opened', item: { ...ITEM, isReadOnly: true } },
      { ...READ_7, isReadOnly: true },
    ],
    ['empties the form', READ_7, { type: 'closed' }, EMPTY],
    [
      'adds facts about the item in the form',
      UNREAD_7,
      { type: 'facts', target: ITEM_7, facts: { problem: PROBLEM } },
      { ...UNREAD_7, problem: PROBLEM },
    ],
    [
      'ignores facts about another item',
      openOn(8),
      { type: 'facts', target: ITEM_7, facts: { problem: PROBLEM } },
      openOn(8),
    ],
    [
      'ignores facts without an item',
      EMPTY,
      { type: 'facts', target: ITEM_7, facts: { problem: PROBLEM } },
      EMPTY,
    ],
  ])('%s', (_, before, action, after) => {
    expect(reduceForm(before, action)).toEqual(after);
  });
});

describe('interpret', () => {
  const KNOWN = {
    form: READ_7,
    draft: undefined,
    hasClosedDraft: false,
    isKnown: (id) => id === 7,
  } satisfies FormContext;
  const DRAFT = {
    ...KNOWN,
    form: openOnDraft(1, { hostId: -1 }),
    draft: { hostId: -1 },
  } satisfies FormContext;
  const tell = (type: Exclude<FormEvent['type'], 'loaded'>, workItemId: number): FormEvent => ({
    type,
    workItemId,
  });

  test.each<[string, FormContext, FormEvent, FormChange | undefined]>([
    [
      'takes an item without a positive number as a draft',
      KNOWN,
      loaded(0, { isNew: false }),
      { type: 'draft-opened', hostId: 0, isReadOnly: false },
    ],
    [
      'takes a new item with a number as a draft',
      KNOWN,
      loaded(9, { isNew: true, isReadOnly: true }),
      { type: 'draft-opened', hostId: 9, isReadOnly: true },
    ],
    [
      'closes the draft if a known item is loaded',
      DRAFT,
      loaded(7),
      { type: 'item-opened', workItemId: 7, isReadOnly: false, draftEnd: 'closed' },
    ],
    [
      'needs the server to decide if an unknown item is loaded',
      DRAFT,
      loaded(12, { isReadOnly: true }),
      { type: 'item-opened', workItemId: 12, isReadOnly: true, draftEnd: 'unverified' },
    ],
    [
      'needs the server to decide if a number is loaded in place of a draft, although still as new',
      DRAFT,
      loaded(31, { isNew: true }),
      { type: 'item-opened', workItemId: 31, isReadOnly: false, draftEnd: 'unverified' },
    ],
    [
      'takes a new item with a number as a draft in place of another one with a number',
      { ...DRAFT, draft: { hostId: 8 } },
      loaded(9, { isNew: true }),
      { type: 'draft-opened', hostId: 9, isReadOnly: false },
    ],
    [
      'recognizes the first save of a draft',
      DRAFT,
      tell('saved', 12),
      { type: 'item-opened', workItemId: 12, isReadOnly: false, draftEnd: 'claimed' },
    ],
    [
      'takes a save after the end of a draft as its save',
      { ...KNOWN, form: EMPTY, hasClosedDraft: true },
      tell('saved', 31),
      { type: 'closed-draft-saved', workItemId: 31 },
    ],
    [
      'ignores a save of a known item after the end of a draft',
      { ...KNOWN, form: EMPTY, hasClosedDraft: true },
      tell('saved', 7),
      undefined,
    ],
    ['ignores a late save of a known item', DRAFT, tell('saved', 7), undefined],
    ['ignores a save without a number', DRAFT, tell('saved', 0), undefined],
    ['reports a save of the item', KNOWN, tell('saved', 7), { type: 'item-changed', workItemId: 7 }],
    ['reports a refresh of the item', KNOWN, tell('refreshed', 7), { type: 'item-changed', workItemId: 7 }],
    ['ignores a save of another item', KNOWN, tell('saved', 8), undefined],
    ['ignores a refresh of another item', KNOWN, tell('refreshed', 8), undefined],
    ['ignores changed fields', KNOWN, tell('changed', 7), undefined],
    ['ignores undone changes', KNOWN, tell('reset', 7), undefined],
    ['closes the item', KNOWN, tell('unloaded', 7), { type: 'closed', workItemId: 7 }],
    ['ignores the unload of another item', KNOWN, tell('unloaded', 8), undefined],
    [
      'closes a draft by its own id',
      DRAFT,
      tell('unloaded', -1),
      { type: 'closed', workItemId: -1, draftEnd: 'closed' },
    ],
    [
      'closes a draft by any id without a number',
      DRAFT,
      tell('unloaded', 0),
      { type: 'closed', workItemId: 0, draftEnd: 'closed' },
    ],
    [
      'needs the server to decide if a draft is unloaded by an unknown number',
      DRAFT,
      tell('unloaded', 31),
      { type: 'closed', workItemId: 31, draftEnd: 'unverified' },
    ],
    ['ignores a late unload of a known item', DRAFT, tell('unloaded', 7), undefined],
    ['ignores an unload of an empty form', { ...KNOWN, form: EMPTY }, tell('unloaded', 7), undefined],
  ])('%s', (_, context, event, change) => {
    expect(interpret(event, context)).toEqual(change);
  });
});
