import type { RestClient } from '../rest';
import { RestError } from '../rest';
import type { Quirks } from '../settings';
import { Store } from '../store';
import { typeOf, type Relation, type WorkItem } from '../work-item';
import { WorkItemPages } from '../work-item-pages';
import {
  clashes,
  isDirty,
  isNew,
  isValid,
  openForm,
  openNewForm,
  reloadedForm,
  toPatch,
  withLinks,
  withoutLinks,
  withValues,
  type Form,
} from './form';

/** Event of the open form for its extensions. */
export interface FormEvent {
  name: 'onLoaded' | 'onUnloaded' | 'onSaved' | 'onRefreshed' | 'onReset' | 'onFieldChanged';
  args: {
    id: number;
    isNew?: boolean;
    isReadOnly?: boolean;
    changedFields?: Record<string, unknown>;
  };
  /** The form and, by the type, the view it happened in. */
  place: number;
  workItemType: string;
}

/** Listener for events of the form. */
export type FormListener = (event: FormEvent) => void;

const duplicateAfterMs = 300;

/** State of the page. */
export interface BoardState {
  /** The open forms, each upon the one before. The first stands beside the list, the last is the active one. */
  forms: readonly Form[];
  /** Unsaved forms of other work items, by id. */
  drafts: ReadonlyMap<number, Form>;
  /** Whether a work item is being read or written. */
  busy: boolean;
}

/** Dependencies of the board. */
export interface BoardEnvironment {
  project: string;
  readOnlyIds: number[];
  quirks: () => Quirks;
  /** Asks the person; resolves `false` when they back out. */
  confirm: (question: { title: string; text: string }) => Promise<boolean>;
}

/** List of work items, and the open forms. */
export class Board extends Store<BoardState> {
  readonly workItems: WorkItemPages;
  readonly #listeners = new Set<FormListener>();
  #openings = 0;
  #places = 0;
  #newItems = 0;

  constructor(
    private readonly rest: RestClient,
    private readonly around: BoardEnvironment,
  ) {
    super({ forms: [], drafts: new Map(), busy: false });
    this.workItems = new WorkItemPages(rest);
  }

  /** Reports events of the forms to `listener`; returns a function to unsubscribe. */
  onEvent(listener: FormListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Replays the open forms to a late listener. */
  introduce(listener: FormListener): void {
    for (const form of this.state.forms) this.#emitLoaded(form, [listener]);
  }

  /** Form used by the form service. Throws the host's error if there is none. */
  get activeForm(): Form {
    const form = this.state.forms.at(-1);
    if (!form) throw noActiveWorkItem();
    return form;
  }

  /** Begins with these work items, and reads the first of them. */
  async loadList(ids: readonly number[]): Promise<void> {
    this.workItems.start(ids);
    await this.workItems.read(0, 0);
  }

  /** Opens a work item beside the list. Unsaved changes of the previous one are kept. */
  async open(id: number): Promise<void> {
    const { forms, drafts } = this.state;
    if ((forms.length === 1 && forms[0]?.item.id === id) || !(await this.#mayLeave())) return;
    const form = await this.#read(id, drafts.get(id));
    if (form) this.#show(form);
  }

  async openNew(type: string, values?: Record<string, unknown>): Promise<void> {
    if (!(await this.#mayLeave())) return;
    this.#openings++;
    const id = this.around.quirks().newItemId === 'negative' ? -++this.#newItems : 0;
    this.#show(openNewForm({ id, place: ++this.#places }, type, values));
  }

  /** Opens a work item in a dialog over the active form. That form stays as it is and raises no event. */
  async openOnTop(id: number): Promise<void> {
    const form = await this.#read(id);
    if (form) this.#stack(form);
  }

  /**
   * Closes all forms for a navigation. Unsaved changes are kept as in `open`; resolves to `false` if the user
   * stays because some cannot be kept.
   */
  async leave(): Promise<boolean> {
    if (!(await this.#mayLeave())) return false;
    this.#openings++;
    this.#closeAll();
    return true;
  }

  /** Closes the active form and disposes its frames; unsaved changes are lost, so the person is asked. */
  async close(): Promise<void> {
    const form = this.state.forms.at(-1);
    if (!form || (isDirty(form) && !(await this.#confirmLoss('Close the work item')))) return;
    this.#openings++;
    this.#emit('onUnloaded', form);
    this.#remove(form);
    this.update({ drafts: this.#draftsWithout(form.item.id) });
  }

  /** Returns `false`, and does nothing, if the form is read-only. */
  setValues(values: Record<string, unknown>): boolean {
    const form = this.activeForm;
    if (form.isReadOnly) return false;
    this.#put(withValues(form, values));
    this.#emit('onFieldChanged', form, { changedFields: values });
    return true;
  }

  addLinks(links: Relation[]): void {
    if (!this.activeForm.isReadOnly) this.#put(withLinks(this.activeForm, links));
  }

  removeLinks(links: Relation[]): void {
    if (!this.activeForm.isReadOnly) this.#put(withoutLinks(this.activeForm, links));
  }

  /** Sets the error of one frame, or clears it with `undefined`. */
  setError(frameId: string, message: string | undefined): void {
    const others = Object.entries(this.activeForm.errors).filter(([id]) => id !== frameId);
    const errors = Object.fromEntries(message === undefined ? others : [...others, [frameId, message]]);
    this.#put({ ...this.activeForm, errors });
  }

  async save(): Promise<void> {
    await this.#save(this.around.quirks().saveClosesForm);
  }

  /**
   * Saves, and closes the form before the event: its frames are removed first, so only observers receive it.
   */
  async saveAndClose(): Promise<void> {
    await this.#save(true);
  }

  async #save(closes: boolean): Promise<void> {
    const form = this.activeForm;
    if (form.isReadOnly || !isDirty(form) || !isValid(form) || this.state.busy) {
      throw new Error('The work item is not saveable: it is read-only, unchanged, invalid or being saved.');
    }
    const closesFirst = closes && this.around.quirks().saveAndCloseCloses === 'beforeSaving';
    if (closesFirst) this.#remove(form);
    const item = await this.#whileBusy(() => (isNew(form) ? this.#create(form) : this.#store(form))).catch(
      (error: unknown) => {
        if (closesFirst) this.#bringBack(form);
        throw error;
      },
    );
    this.workItems.put(item);
    const present = closesFirst ? form : this.#present(form);
    // The user continued during the save: only the kept form is outdated.
    if (!present) {
      this.update({ drafts: this.#draftsWithout(form.item.id) });
      return;
    }
    const saved = withValues({ ...reloadedForm(form, item), wasSaved: true }, editsSince(form, present));
    if (closes) this.#remove(form);
    else this.#put(saved);
    if (this.around.quirks().firstSaveRaises === 'onLoaded' && !form.wasSaved) {
      this.#emitFieldChanges(saved);
      this.#emitLoaded(saved);
      this.#emitFieldChanges(saved);
    } else this.#emitWithFieldChanges('onSaved', saved);
    if (closes) this.#emit('onUnloaded', saved);
  }

  /** Reloads the active work item. Asks first if that discards unsaved changes. */
  async refresh(): Promise<void> {
    const form = this.activeForm;
    if (isNew(form)) throw new Error('A new work item cannot be refreshed.');
    if (isDirty(form) && !(await this.#confirmLoss('Refresh the work item'))) throw new RefreshCancelled();
    const item = await this.#whileBusy(() => this.rest.read(form.item.id));
    if (!this.#present(form)) return;
    const refreshed = reloadedForm(form, item);
    this.#put(refreshed);
    this.workItems.put(item);
    this.#emitWithFieldChanges('onRefreshed', refreshed);
  }

  /** Undoes the unsaved changes. */
  reset(): void {
    const form = this.activeForm;
    if (isNew(form) || !isDirty(form)) throw new Error('There is nothing to undo.');
    const reverted = reloadedForm(form, form.item);
    this.#put(reverted);
    this.#emit('onReset', reverted);
  }

  #create(form: Form): Promise<WorkItem> {
    const withState = { ...form, edits: { 'System.State': form.item.fields['System.State'], ...form.edits } };
    return this.rest.create(this.around.project, typeOf(form.item), toPatch(withState, form.item));
  }

  /**
   * Saves over a newer revision without conflicting fields, like the form of the 2019 server. Assumed: so
   * does the current service; reports of refusals are the reason for the question.
   */
  async #store(form: Form): Promise<WorkItem> {
    const { id } = form.item;
    try {
      return await this.rest.update(id, toPatch(form, form.item));
    } catch (error) {
      if (!(error instanceof RestError && error.isConflict)) throw error;
      const newer = await this.rest.read(id);
      if (this.around.quirks().staleSave === 'refused' || clashes(form, newer)) {
        throw new Error(
          `TF26071: Work item ${id} has been changed by someone else since you opened it. ` +
            'You will need to refresh it and discard your changes.',
        );
      }
      return this.rest.update(id, toPatch(form, newer));
    }
  }

  /** A form with the work item; nothing if the person has gone on to another one while it was read. */
  async #read(id: number, draft?: Form): Promise<Form | undefined> {
    const opening = ++this.#openings;
    const isReadOnly = this.around.readOnlyIds.includes(id);
    const form =
      draft ?? openForm(await this.#whileBusy(() => this.rest.read(id)), isReadOnly, ++this.#places);
    return opening === this.#openings ? form : undefined;
  }

  /** Shows a form beside the list. It replaces the previous one and its dialogs. */
  #show(form: Form): void {
    const shown = { ...form, place: this.state.forms[0]?.place ?? form.place };
    this.#closeAll([shown]);
    this.#emitLoaded(shown);
  }

  /** Replaces the open forms in one step. */
  #closeAll(opened: readonly Form[] = []): void {
    const [left] = this.state.forms;
    const drafts = new Map(this.state.drafts);
    for (const { item } of opened) drafts.delete(item.id);
    if (left && isDirty(left) && !isNew(left)) drafts.set(left.item.id, left);
    for (const closed of [...this.state.forms].reverse()) this.#emit('onUnloaded', closed);
    this.update({ forms: opened, drafts });
  }

  #stack(form: Form): void {
    this.update({ forms: [...this.state.forms, form] });
    this.#emitLoaded(form);
  }

  /** Restores a form closed too early, with its edits, over any form opened since. */
  #bringBack(form: Form): void {
    this.#openings++;
    this.#stack({ ...form, place: ++this.#places });
  }

  #put(form: Form): void {
    this.update({ forms: this.state.forms.map((other) => (other.place === form.place ? form : other)) });
  }

  #remove({ place }: Form): void {
    this.update({ forms: this.state.forms.filter((form) => form.place !== place) });
  }

  /** Current state of the form, if it still shows that work item. */
  #present({ place, item }: Form): Form | undefined {
    return this.state.forms.find((form) => form.place === place && form.item.id === item.id);
  }

  /** Raised again if the item is still the one in the form by then. */
  #emitLoaded(form: Form, listeners: Iterable<FormListener> = this.#listeners): void {
    this.#emit('onLoaded', form, loadedArgs(form), listeners);
    if (!this.around.quirks().duplicateLoaded) return;
    setTimeout(() => {
      const present = this.#present(form);
      if (present) this.#emit('onLoaded', present, loadedArgs(present), listeners);
    }, duplicateAfterMs);
  }

  #emitWithFieldChanges(name: 'onSaved' | 'onRefreshed', form: Form): void {
    this.#emitFieldChanges(form);
    this.#emit(name, form);
    this.#emitFieldChanges(form);
  }

  /** The host reports fields set by the service like those set by the user. */
  #emitFieldChanges(form: Form): void {
    if (this.around.quirks().serviceFieldChanges !== 'raised') return;
    const { id, rev, fields } = form.item;
    const dates = ['System.ChangedDate', 'System.ChangedBy'].map((field) => [field, fields[field]] as const);
    const changedFields = { 'System.Id': id, 'System.Rev': rev, ...Object.fromEntries(dates) };
    this.#emit('onFieldChanged', form, { changedFields });
  }

  #emit(
    name: FormEvent['name'],
    form: Form,
    more: Omit<FormEvent['args'], 'id'> = {},
    listeners: Iterable<FormListener> = this.#listeners,
  ): void {
    const { item, place } = form;
    const event = { name, args: { id: item.id, ...more }, place, workItemType: typeOf(item) };
    for (const listener of [...listeners]) listener(event);
  }

  #draftsWithout(id: number): ReadonlyMap<number, Form> {
    return new Map([...this.state.drafts].filter(([draftId]) => draftId !== id));
  }

  /** Changes in a dialog, and in a new work item without an id, cannot be kept. */
  async #mayLeave(): Promise<boolean> {
    const isLost = (form: Form, depth: number) => isDirty(form) && (depth > 0 || isNew(form));
    return !this.state.forms.some(isLost) || this.#confirmLoss('Leave the work item');
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

/** Error of the host while no form is open. */
export function noActiveWorkItem(): Error {
  return new Error('Active work item document does not exist in the current context');
}

/** The person did not want to lose unsaved changes: a rejection for extensions, and nothing to tell about. */
export class RefreshCancelled extends Error {
  override readonly name = 'RefreshCancelled';

  constructor() {
    super('The refresh was cancelled.');
  }
}

/** Changes typed while `form` was being saved. */
function editsSince(form: Form, present: Form): Record<string, unknown> {
  const edits = Object.entries(present.edits);
  return Object.fromEntries(edits.filter(([field, value]) => form.edits[field] !== value));
}

function loadedArgs(form: Form): Omit<FormEvent['args'], 'id'> {
  return { isNew: isNew(form), isReadOnly: form.isReadOnly };
}
