import { loadModule } from '../../base/load-module';
import type { StateStore } from '../../base/store';
import type { UploadQueue } from '../queue/upload-queue';
import type { PickedFile, UploadId } from '../upload';
import type { CheckChoice } from './check-choice';
import type { CheckNote, ChecksState } from './checks-state';
import { withBytes } from './judge-file';
import type { UndoChange } from './undo-changes';

/** Dependencies of `createAuthorNotes`. */
export interface AuthorNotesOptions {
  readonly store: StateStore<ChecksState>;
  readonly queue: Pick<UploadQueue, 'find'>;
  /** Uploads another file in place of an upload. */
  readonly replace: UndoChange;
  readonly choice: Pick<CheckChoice, 'getSnapshot'>;
}

const loadAuthors = () => import(/* webpackChunkName: "authors" */ '../rules/authors/find-authors');
const loadRemoval = () => import(/* webpackChunkName: "authors" */ '../rules/authors/office-authors');

/** Types with authors, to load no code for others. */
const NAMES = /\.(?:docx|xlsx|pptx|pdf)$/i;

/**
 * Creates the search for authors in documents that have become uploads. It never delays them: a fact follows when it is
 * known. Never rejects.
 */
export function createAuthorNotes(
  options: AuthorNotesOptions,
): (added: ReadonlyMap<UploadId, PickedFile>) => void {
  const { store, queue, replace, choice } = options;

  function add(note: Omit<CheckNote, 'target' | 'name'>, name: string): void {
    const upload = queue.find(note.uploadId);
    // It was canceled meanwhile.
    if (!upload || upload.state.status === 'cancelled') return;
    const { target } = upload;
    store.setState((state) => ({ ...state, notes: [...state.notes, { ...note, target, name }] }));
  }

  function drop(note: CheckNote): void {
    store.setState((state) => ({ ...state, notes: state.notes.filter((each) => each !== note) }));
  }

  async function find(uploadId: UploadId, file: PickedFile): Promise<void> {
    const { findAuthors, mayHaveAuthors } = await loadModule(loadAuthors);
    if (!mayHaveAuthors(file)) return;
    const fact = await findAuthors(file.name, file.source);
    if (!fact) return;
    const canRemove = fact.kind === 'authors' && fact.removal === 'possible';
    add(
      { uploadId, fact, ...(canRemove && { removeAuthors: (note) => void remove(note, file) }) },
      file.name,
    );
  }

  async function remove(note: CheckNote, original: PickedFile): Promise<void> {
    const { uploadId, name } = note;
    drop(note);
    try {
      const { removeOfficeAuthors } = await loadModule(loadRemoval);
      const bytes = await removeOfficeAuthors(original.source);
      if (bytes === original.source) return;
      replace(uploadId, withBytes(original, bytes), (addedId) =>
        add({ uploadId: addedId, fact: { kind: 'authors-removed' }, original }, name),
      );
    } catch {
      // The line with the offer tells that nothing has changed.
      store.setState((state) => ({ ...state, notes: [...state.notes, note] }));
    }
  }

  return (added) => {
    if (choice.getSnapshot().metadata === 'keep') return;
    for (const [id, file] of added)
      // A file that cannot be read fails as an upload.
      if (NAMES.test(file.name)) void find(id, file).catch(() => undefined);
  };
}
