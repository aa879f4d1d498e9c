import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { PolicyDocument } from '../../upload/rules/policy/policy-document';
import type { PolicyStore } from '../../upload/rules/policy/policy-store';
import type { PolicyResult } from '../../upload/rules/policy/read-policy';
import { readPolicy } from '../../upload/rules/policy/read-policy';
import { NEW_POLICY } from './policy-text';

/** Outcome of the latest save; a later edit clears it. */
export type SaveOutcome = { readonly kind: 'saved' } | { readonly kind: 'failed'; readonly problem: Problem };

/** The editor of a policy. */
export interface EditorState {
  /** Stored version that the text is compared with; `undefined` before the first save. */
  readonly stored: PolicyDocument | undefined;
  /** Text in the editor. */
  readonly text: string;
  /** Reading of `text`. */
  readonly result: PolicyResult;
  readonly isSaving: boolean;
  readonly outcome?: SaveOutcome | undefined;
  /** Version of another administrator that the text has not replaced yet. */
  readonly clash?: PolicyDocument | undefined;
  /** Own text after a decision for the other version. */
  readonly setAside?: string | undefined;
}

/** State of the settings page. */
export type SettingsState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | ({ readonly status: 'ready' } & EditorState);

/** The settings page of a project. */
export interface SettingsSession extends ReadonlyStore<SettingsState> {
  readonly load: () => Promise<void>;
  readonly edit: (text: string) => void;
  /** Saves a readable text. With a clash, it replaces the other version. */
  readonly save: () => Promise<void>;
  /** Ends a clash with the other version, and sets the own text aside. */
  readonly takeTheirs: () => void;
  /** Continues with the text that was set aside. */
  readonly bringBack: () => void;
  /** Forgets the text that was set aside. */
  readonly dismiss: () => void;
  /** Names of types of work items, to choose from. The common ones until those of the project are read. */
  readonly typeNames: ReadonlyStore<readonly string[]>;
  /** Whether leaving the page loses edits. */
  readonly hasUnsaved: () => boolean;
}

/** Types of the processes of Azure Boards. */
const COMMON_TYPES: readonly string[] = [
  'Bug',
  'Epic',
  'Feature',
  'Issue',
  'Product Backlog Item',
  'Task',
  'Test Case',
  'User Story',
];

/**
 * Creates the session, not yet loaded.
 *
 * @param readTypes Reads the names of the types of work items in the project. May reject. Default: none.
 */
export function createSettingsSession(
  policies: PolicyStore,
  readTypes: () => Promise<readonly string[]> = () => Promise.resolve([]),
): SettingsSession {
  const typeNames = createStateStore(COMMON_TYPES);
  // At once: a text field must show each key before the next one.
  const { getSnapshot, subscribe, setState } = createStateStore<SettingsState>(
    { status: 'loading' },
    { notify: 'at-once' },
  );

  function change(update: (state: EditorState) => Partial<EditorState>): void {
    setState((state) => (state.status === 'ready' ? { ...state, ...update(state) } : state));
  }

  return {
    getSnapshot,
    subscribe,
    typeNames,
    async load() {
      setState({ status: 'loading' });
      // Any name can be typed as well.
      void readTypes().then(
        (names) => names.length > 0 && typeNames.setState(names),
        () => undefined,
      );
      try {
        const stored = await policies.read();
        const text = textOf(stored);
        setState({ status: 'ready', stored, text, result: readPolicy(text), isSaving: false });
      } catch (error) {
        setState({ status: 'failed', problem: toProblem(error) });
      }
    },
    edit: (text) => change(() => ({ text, result: readPolicy(text), outcome: undefined })),
    async save() {
      const state = getSnapshot();
      if (state.status !== 'ready' || state.isSaving || !state.result.ok) return;
      const { text } = state;
      change(() => ({ isSaving: true, outcome: undefined }));
      try {
        const save = await policies.save(text);
        if (save.kind === 'clash') change(() => ({ clash: save.theirs }));
        else change(() => ({ stored: save.document, clash: undefined, outcome: { kind: 'saved' } }));
      } catch (error) {
        change(() => ({ outcome: { kind: 'failed', problem: toProblem(error) } }));
      } finally {
        change(() => ({ isSaving: false }));
      }
    },
    takeTheirs: () =>
      change(({ clash, text }) => (clash ? { ...showing(clash), setAside: text, outcome: undefined } : {})),
    bringBack: () =>
      change(({ setAside }) =>
        setAside === undefined ? {} : { text: setAside, result: readPolicy(setAside), setAside: undefined },
      ),
    dismiss: () => change(() => ({ setAside: undefined })),
    hasUnsaved() {
      const state = getSnapshot();
      return state.status === 'ready' && (isEdited(state) || state.setAside !== undefined);
    },
  };
}

/** Whether the text differs from the stored one. */
export function isEdited({ stored, text }: EditorState): boolean {
  return text !== textOf(stored);
}

function showing(document: PolicyDocument): Partial<EditorState> {
  const { text } = document;
  return { stored: document, text, result: readPolicy(text), clash: undefined };
}

function textOf(stored: PolicyDocument | undefined): string {
  return stored?.text ?? NEW_POLICY;
}
