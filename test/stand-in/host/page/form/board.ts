import type { RestClient } from '../rest';
import { RestError } from '../rest';
import type { Quirks } from '../settings';
import { Store } from '../store';
import { typeOf, type Relation, type WorkItem } from '../work-item';
import {
  clashes,
  isDirty,
  isNew,
  isValid,
  openForm,
  openNewForm,
  toPatch,
  withLinks,
  withoutLinks,
  withValues,
  type Form,
} from './form';

/** Something that happened to the open form, as its extensions are told. */
export interface FormEvent {
  name: 'onLoaded' | 'onUnloaded' | 'onSaved' | 'onRefreshed' | 'onReset' | 'onFieldChanged';
  args: {
    id: number;
    isNew?: boolean;
    isReadOnly?: boolean;
    changedFields?: Record<string, unknown>;
  };
  /** The view it happened in: there is one per type. */
  workItemType: string;
}

/** Told of what happens to the form. */
export type FormListener = (event: FormEvent) => void;

const duplicateAfterMs = 300;

/** What the page shows. */
export interface BoardState {
  items: WorkItem[];
  /** The open form: the active work item. */
  form: Form | undefined;
  /** Unsaved forms that were left for another work item, by id. */
  drafts: ReadonlyMap<number, Form>;
  /** Whether a work item is being read or written. */
  busy: boolean;
}

/** What the board asks of the page around it. */
export interface BoardSurroundings {
  project: string;
  readOnlyIds: number[];
  quirks: () => Quirks;
  /** Asks the person; resolves `false` when they back out. */
  confirm: (question: { title: string; text: string }) => Promise<boolean>;
}

/** The list of work items and the one form that is open. */
export class Board extends Store<BoardState> {
  readonly #listeners = new Set<FormListener>();
  #openings = 0;
  #newItems = 0;

  constructor(
    private readonly rest: RestClient,
    private readonly around: BoardSurroundings,
  ) {
    super({ items: [], form: undefined, drafts: new Map(), busy: false });
  }

  /** Tells `listener` what happens to the form; the returned function ends that. */
  onEvent(listener: FormListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells a listener that came late of the form that is open. */
  introduce(listener: FormListener): void {
    if (this.state.form) this.#emitLoaded(this.state.form, [listener]);
  }

  /** The open form. Throws in the host's words when there is none. */
  get activeForm(): Form {
    const { form } = this.state;
    if (!form) throw noActiveWorkItem();
    return form;
  }

  async loadList(ids: number[]): Promise<void> {
    this.update({ items: await this.rest.list(ids) });
  }

  /** Opens a work item. Unsaved changes of the one that is left are kept for the return. */
  async open(id: number): Promise<void> {
    if (this.state.form?.item.id === id || !(await this.#mayLeave())) return;
    const opening = ++this.#openings;
    const draft = this.state.drafts.get(id);
    const form =
      draft ??
      openForm(await this.#whileBusy(() => this.rest.read(id)), this.around.readOnlyIds.includes(id));
    // The person may have gone on to another work item while this one was read.
    if (opening === this.#openings) this.#show(form);
  }

  async openNew(type: string, values?: Record<string, unknown>): Promise<void> {
    if (!(await this.#mayLeave())) return;
    this.#openings++;
    // Assumed: a new item has the id 0; on the older form it is only known not to be positive.
    const id = this.around.quirks().newItemsAreNegative ? -++this.#newItems : 0;
    this.#show(openNewForm(id, type, values));
  }

  /** Closes the form and disposes its frames; unsaved changes are lost, so the person is asked. */
  async close(): Promise<void> {
    const { form } = this.state;
    if (!form || (isDirty(form) && !(await this.#confirmLoss('Close the work item')))) return;
    this.#openings++;
    this.#emit('onUnloaded', form);
    this.update({ form: undefined, drafts: this.#draftsWithout(form.item.id) });
  }

  /** Returns `false`, and does nothing, if the form is read-only. */
  setValues(values: Record<string, unknown>): boolean {
    const form = this.activeForm;
    if (form.isReadOnly) return false;
    this.update({ form: withValues(form, values) });
    this.#emit('onFieldChanged', form, { changedFields: values });
    return true;
  }

  addLinks(links: Relation[]): void {
    if (!this.activeForm.isReadOnly) this.update({ form: withLinks(this.activeForm, links) });
  }

  removeLinks(links: Relation[]): void {
    if (!this.activeForm.isReadOnly) this.update({ form: withoutLinks(this.activeForm, links) });
  }

  /** Sets or, with `undefined`, withdraws what one frame objects to. */
  setError(frameId: string, message: string | undefined): void {
    const others = Object.entries(this.activeForm.errors).filter(([id]) => id !== frameId);
    const errors = Object.fromEntries(message === undefined ? others : [...others, [frameId, message]]);
    this.update({ form: { ...this.activeForm, errors } });
  }

  async save(): Promise<void> {
    const form = this.activeForm;
    if (form.isReadOnly || !isDirty(form) || !isValid(form) || this.state.busy) {
      throw new Error('The work item is not saveable: it is read-only, unchanged, invalid or being saved.');
    }
    const item = await this.#whileBusy(() => (isNew(form) ? this.#create(form) : this.#store(form)));
    const { saveClosesForm, firstSaveRaisesLoaded } = this.around.quirks();
    this.#listItem(item);
    // The person went on while the service was writing: only what was kept of the form is out of date.
    if (this.state.form?.item.id !== form.item.id) {
      this.update({ drafts: this.#draftsWithout(form.item.id) });
      return;
    }
    const saved = { ...withValues(openForm(item, false), this.#editsSince(form)), wasSaved: true };
    this.update({ form: saveClosesForm ? undefined : saved });
    if (firstSaveRaisesLoaded && !saveClosesForm && !form.wasSaved) this.#emitLoaded(saved);
    else this.#emit('onSaved', saved);
  }

  /** Reads the open work item again. Asks first if that costs unsaved changes. */
  async refresh(): Promise<void> {
    const form = this.activeForm;
    if (isNew(form)) throw new Error('A new work item cannot be refreshed.');
    if (isDirty(form) && !(await this.#confirmLoss('Refresh the work item'))) {
      throw new Error('The refresh was cancelled.');
    }
    const item = await this.#whileBusy(() => this.rest.read(form.item.id));
    if (this.state.form?.item.id !== item.id) return;
    const refreshed = { ...openForm(item, form.isReadOnly), wasSaved: form.wasSaved };
    this.update({ form: refreshed });
    this.#listItem(item);
    this.#emit('onRefreshed', refreshed);
  }

  /** Undoes the unsaved changes. */
  reset(): void {
    const form = this.activeForm;
    if (isNew(form) || !isDirty(form)) throw new Error('There is nothing to undo.');
    const reverted = { ...openForm(form.item, form.isReadOnly), wasSaved: form.wasSaved };
    this.update({ form: reverted });
    this.#emit('onReset', reverted);
  }

  /** What was typed while `form` was being written. */
  #editsSince(form: Form): Record<string, unknown> {
    const edits = Object.entries(this.activeForm.edits);
    return Object.fromEntries(edits.filter(([field, value]) => form.edits[field] !== value));
  }

  #create(form: Form): Promise<WorkItem> {
    const withState = { ...form, edits: { 'System.State': form.item.fields['System.State'], ...form.edits } };
    return this.rest.create(this.around.project, typeOf(form.item), toPatch(withState, form.item));
  }

  /**
   * Writes over a newer revision if the fields do not clash, as the 2019 server's form does.
   * Assumed: today's service does so too; reports say it may refuse, hence the quirk.
   */
  async #store(form: Form): Promise<WorkItem> {
    const { id } = form.item;
    try {
      return await this.rest.update(id, toPatch(form, form.item));
    } catch (error) {
      if (!(error instanceof RestError && error.isConflict)) throw error;
      const newer = await this.rest.read(id);
      if (this.around.quirks().refuseStaleSave || clashes(form, newer)) {
        throw new Error(
          `TF26071: Work item ${id} has been changed by someone else since you opened it. ` +
            'You will need to refresh it and discard your changes.',
        );
      }
      return this.rest.update(id, toPatch(form, newer));
    }
  }

  #show(form: Form): void {
    const left = this.state.form;
    const drafts = new Map(this.#draftsWithout(form.item.id));
    if (left && isDirty(left) && !isNew(left)) drafts.set(left.item.id, left);
    if (left) this.#emit('onUnloaded', left);
    this.update({ form, drafts });
    this.#emitLoaded(form);
  }

  /** Raised again if the item is still the one in the form by then. */
  #emitLoaded(form: Form, listeners: Iterable<FormListener> = this.#listeners): void {
    this.#emit('onLoaded', form, loadedArgs(form), listeners);
    if (!this.around.quirks().duplicateLoaded) return;
    setTimeout(() => {
      const present = this.state.form;
      if (present?.item.id === form.item.id) this.#emit('onLoaded', present, loadedArgs(present), listeners);
    }, duplicateAfterMs);
  }

  #emit(
    name: FormEvent['name'],
    form: Form,
    more: Omit<FormEvent['args'], 'id'> = {},
    listeners: Iterable<FormListener> = this.#listeners,
  ): void {
    const event = { name, args: { id: form.item.id, ...more }, workItemType: typeOf(form.item) };
    for (const listener of [...listeners]) listener(event);
  }

  #listItem(item: WorkItem): void {
    const others = this.state.items.filter(({ id }) => id !== item.id);
    this.update({ items: [...others, item].sort((one, other) => one.id - other.id) });
  }

  #draftsWithout(id: number): ReadonlyMap<number, Form> {
    return new Map([...this.state.drafts].filter(([draftId]) => draftId !== id));
  }

  /** A new work item has no id under which its changes could be kept. */
  async #mayLeave(): Promise<boolean> {
    const { form } = this.state;
    return !form || !isNew(form) || !isDirty(form) || this.#confirmLoss('Leave the new work item');
  }

  #confirmLoss(title: string): Promise<boolean> {
    return this.around.confirm({ title, text: 'Your unsaved changes will be lost.' });
  }

  async #whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
    this.update({ busy: true });
    try {
      return await work();
    } finally {
      this.update({ busy: false });
    }
  }
}

/** What callers hear while no form is open, in the host's words. */
export function noActiveWorkItem(): Error {
  return new Error('Active work item document does not exist in the current context');
}

function loadedArgs(form: Form): Omit<FormEvent['args'], 'id'> {
  return { isNew: isNew(form), isReadOnly: form.isReadOnly };
}
