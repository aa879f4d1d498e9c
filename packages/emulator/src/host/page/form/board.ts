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

/** Something that happened to the open form, as its extensions are told. */
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

/** Told of what happens to the form. */
export type FormListener = (event: FormEvent) => void;

const duplicateAfterMs = 300;

/** What the page shows. */
export interface BoardState {
  /** The open forms, each upon the one before. The first stands beside the list, the last is the active one. */
  forms: readonly Form[];
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

/** The list of work items and the forms that are open. */
export class Board extends Store<BoardState> {
  readonly workItems: WorkItemPages;
  readonly #listeners = new Set<FormListener>();
  #openings = 0;
  #places = 0;
  #newItems = 0;

  constructor(
    private readonly rest: RestClient,
    private readonly around: BoardSurroundings,
  ) {
    super({ forms: [], drafts: new Map(), busy: false });
    this.workItems = new WorkItemPages(rest);
  }

  /** Tells `listener` what happens to the forms; the returned function ends that. */
  onEvent(listener: FormListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells a listener that came late of the forms that are open. */
  introduce(listener: FormListener): void {
    for (const form of this.state.forms) this.#emitLoaded(form, [listener]);
  }

  /** The form that the form service speaks of. Throws in the host's words when there is none. */
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

  /** Opens a work item beside the list. Unsaved changes of the one that is left are kept for the return. */
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

  /** Opens a work item in a dialog upon the active form, which stays as it is and is told nothing. */
  async openOnTop(id: number): Promise<void> {
    const form = await this.#read(id);
    if (form) this.#stack(form);
  }

  /**
   * Closes all forms, since the person goes to another page. Unsaved changes are kept as `open` keeps them; resolves
   * `false` when the person stays for those that cannot be.
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

  /** Sets or, with `undefined`, withdraws what one frame objects to. */
  setError(frameId: string, message: string | undefined): void {
    const others = Object.entries(this.activeForm.errors).filter(([id]) => id !== frameId);
    const errors = Object.fromEntries(message === undefined ? others : [...others, [frameId, message]]);
    this.#put({ ...this.activeForm, errors });
  }

  async save(): Promise<void> {
    await this.#save(this.around.quirks().saveClosesForm);
  }

  /** Saves, and closes the form before anybody is told: its frames are gone by then, so that only observers hear it. */
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
    // The person went on while the service was writing: only what was kept of the form is out of date.
    if (!present) {
      this.update({ drafts: this.#draftsWithout(form.item.id) });
      return;
    }
    const saved = withValues({ ...reloadedForm(form, item), wasSaved: true }, editsSince(form, present));
    if (closes) this.#remove(form);
    else this.#put(saved);
    if (this.around.quirks().firstSaveRaises === 'onLoaded' && !form.wasSaved) this.#emitLoaded(saved);
    else this.#emit('onSaved', saved);
    if (closes) this.#emit('onUnloaded', saved);
  }

  /** Reads the active work item again. Asks first if that costs unsaved changes. */
  async refresh(): Promise<void> {
    const form = this.activeForm;
    if (isNew(form)) throw new Error('A new work item cannot be refreshed.');
    if (isDirty(form) && !(await this.#confirmLoss('Refresh the work item'))) throw new RefreshCancelled();
    const item = await this.#whileBusy(() => this.rest.read(form.item.id));
    if (!this.#present(form)) return;
    const refreshed = reloadedForm(form, item);
    this.#put(refreshed);
    this.workItems.put(item);
    this.#emit('onRefreshed', refreshed);
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
   * Writes over a newer revision if the fields do not clash, as the 2019 server's form does.
   * Assumed: today's service does so too; reports say that it may refuse, hence the question.
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

  /** Puts a form beside the list: in the place of the one that is there, and of the dialogs upon it. */
  #show(form: Form): void {
    const shown = { ...form, place: this.state.forms[0]?.place ?? form.place };
    this.#closeAll([shown]);
    this.#emitLoaded(shown);
  }

  /** What comes in the place of the forms that are open is there when they are gone, in one step. */
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

  /** A form that was closed too early is there again with its edits, if need be upon one that was opened since. */
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

  /** The form as it is now, if it still shows that work item. */
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

  /** Nothing can be kept of the changes in a dialog, and of a new work item, which has no id. */
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

/** What callers hear while no form is open, in the host's words. */
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

/** What was typed while `form` was being written. */
function editsSince(form: Form, present: Form): Record<string, unknown> {
  const edits = Object.entries(present.edits);
  return Object.fromEntries(edits.filter(([field, value]) => form.edits[field] !== value));
}

function loadedArgs(form: Form): Omit<FormEvent['args'], 'id'> {
  return { isNew: isNew(form), isReadOnly: form.isReadOnly };
}
