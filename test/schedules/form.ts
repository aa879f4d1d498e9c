import type { FormEvent, Host, RefreshOutcome, SaveOutcome, UnsavedEdits } from '../../src/azure/host/host';
import { createDeferred } from '../helpers/deferred';
import { type Fields, jamal, type Store } from 'azure-devops-emulator';
import type { Dice } from 'azure-devops-emulator/dice';

/** Content of the form: a work item or a draft. */
export interface OnShow {
  /** `undefined` before the first save. */
  id: number | undefined;
  /** Number assigned by the host. */
  hostId: number;
  /** Unsaved edits. */
  edits: Fields;
}

/** Host with a form and responses controlled by a schedule. */
export interface FormInMemory {
  readonly host: Host;
  readonly shown: () => OnShow | undefined;
  /** Pending responses, in the order of the calls. */
  readonly underWay: () => readonly (() => void)[];
  readonly open: (id: number) => void;
  readonly openNew: () => void;
  readonly close: () => void;
  /** Edits a field. */
  readonly edit: (field: string, value: string) => void;
  /** Saves the edits like the user. */
  readonly save: () => void;
  /** Discards the edits. */
  readonly undo: () => void;
  /** From now on, the host always reports edits correctly. */
  readonly knowEdits: () => void;
}

/** Dependencies of `createFormInMemory`. */
export interface FormInMemoryOptions {
  readonly store: () => Store;
  readonly dice: Dice;
  readonly baseUrl: string;
  readonly getToken: Host['getToken'];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called with saved edits and the id of a new work item. */
  readonly onSaved: (id: number, edits: Fields) => void;
}

/** Creates a host with one frame for all work items, one at a time (host reference 4.1). */
export function createFormInMemory(options: FormInMemoryOptions): FormInMemory {
  const { store, dice, baseUrl, getToken, now, onSaved } = options;
  const left = new Map<number, OnShow>();
  let shown: OnShow | undefined;
  let tell: (event: FormEvent) => void = () => undefined;
  let underWay: (() => void)[] = [];
  let newItems = 0;
  let knowsEdits = false;

  /** Queues a response with the current value; the schedule delivers it. */
  function answer<T>(value: T): Promise<T> {
    const { promise, resolve } = createDeferred<T>();
    const deliver = (): void => {
      underWay = underWay.filter((other) => other !== deliver);
      resolve(value);
    };
    underWay.push(deliver);
    return promise;
  }

  function loaded(item: OnShow): void {
    const event = {
      type: 'loaded',
      workItemId: item.hostId,
      isNew: item.id === undefined,
      isReadOnly: false,
    } as const;
    tell(event);
    // Some hosts fire it twice.
    if (dice.percent(30)) tell(event);
  }

  /** Some hosts never fire this event; a frame may need it only to distinguish two new work items. */
  function leave(isForNew = false): void {
    if (!shown) return;
    if (shown.id !== undefined && Object.keys(shown.edits).length > 0) left.set(shown.id, shown);
    const mustTell = isForNew && shown.id === undefined;
    if (mustTell || dice.percent(80)) tell({ type: 'unloaded', workItemId: shown.hostId });
    shown = undefined;
  }

  function isDirty(): boolean {
    return shown !== undefined && (shown.id === undefined || Object.keys(shown.edits).length > 0);
  }

  /** The service sets some fields after a save or a refresh; some hosts report this like an edit. */
  function changedByService({ hostId }: OnShow): void {
    if (dice.percent(40)) tell({ type: 'changed', workItemId: hostId });
  }

  function save(): void {
    if (!shown || !isDirty()) return;
    const item = shown;
    if (item.id !== undefined) {
      const current = store().workItem(item.id);
      store().save({ ...current, fields: { ...current.fields, ...item.edits } });
      onSaved(item.id, item.edits);
      item.edits = {};
      changedByService(item);
      tell({ type: 'saved', workItemId: item.id });
      changedByService(item);
      return;
    }
    const id = store().nextWorkItemId();
    const author = { by: jamal, date: new Date(now()).toISOString() };
    store().create({ id, type: 'Bug', fields: { 'System.Title': 'New', ...item.edits } }, author);
    onSaved(id, item.edits);
    Object.assign(item, { id, hostId: id, edits: {} });
    changedByService(item);
    if (dice.percent(50)) tell({ type: 'saved', workItemId: id });
    else loaded(item);
    changedByService(item);
  }

  const host: Host = {
    connect(listener) {
      tell = listener;
      return Promise.resolve();
    },
    loadSucceeded: () => undefined,
    getToken,
    getBaseUrl: () => Promise.resolve(baseUrl),
    getCulture: () => undefined,
    getOrganization: () => 'fabrikam',
    getAttachmentLimit: () => 100,
    getFileLimit: () => Infinity,
    getPerson: () => ({ id: jamal.id, descriptor: jamal.descriptor }),
    resize: () => undefined,
    reloadPage: () => undefined,
    loadFormFields: () => Promise.reject(new Error('The schedules insert nothing.')),
    openWorkItem: () => undefined,
    openBulkPanel: () => undefined,
    openInNewTab: () => Promise.resolve(),
    showToast: () => undefined,
    readSetting: () => Promise.resolve(undefined),
    writeSetting: () => undefined,
    getFormItemType: () => answer('Bug'),

    getUnsavedEdits(id) {
      if (dice.percent(10) && !knowsEdits) return answer<UnsavedEdits>('unknown');
      return answer<UnsavedEdits>(shown?.id !== id ? 'unknown' : isDirty() ? 'some' : 'none');
    },

    refreshForm(id) {
      if (shown?.id !== id) return answer<RefreshOutcome>('other-item');
      if (isDirty()) return answer<RefreshOutcome>('unsaved-edits');
      if (dice.percent(20)) return answer<RefreshOutcome>('failed');
      tell({ type: 'refreshed', workItemId: id });
      changedByService(shown);
      return answer<RefreshOutcome>('refreshed');
    },

    saveForm(hostId) {
      if (shown?.hostId !== hostId) return answer<SaveOutcome>({ outcome: 'other-item' });
      if (dice.percent(20)) return answer<SaveOutcome>({ outcome: 'invalid', fields: ['Area Path'] });
      if (dice.percent(20)) return answer<SaveOutcome>({ outcome: 'failed', message: 'TF237124' });
      save();
      return answer<SaveOutcome>({ outcome: 'saved' });
    },
  };

  return {
    host,
    shown: () => shown,
    underWay: () => underWay,

    open(id) {
      if (shown?.id === id) return;
      leave();
      shown = left.get(id) ?? { id, hostId: id, edits: {} };
      left.delete(id);
      loaded(shown);
    },

    openNew() {
      leave(true);
      shown = { id: undefined, hostId: dice.percent(50) ? 0 : -++newItems, edits: {} };
      loaded(shown);
    },

    close: () => leave(),

    edit(field, value) {
      if (!shown) return;
      shown.edits = { ...shown.edits, [field]: value };
      tell({ type: 'changed', workItemId: shown.hostId });
    },

    save,
    knowEdits: () => void (knowsEdits = true),

    undo() {
      if (shown?.id === undefined || !isDirty()) return;
      shown.edits = {};
      tell({ type: 'reset', workItemId: shown.id });
    },
  };
}
