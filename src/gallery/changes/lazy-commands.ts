import { loadModule } from '../../base/load-module';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Bundler, BundlerOptions } from '../bundle/bundler';
import type { Bundling } from '../bundle/bundling';
import type { FileHistoryOptions } from '../history/file-history-session';
import type { Insertions, OpenInsertionsOptions } from '../insert/insertions';
import type { TextCommands, TextCommandsOptions } from '../texts/text-commands';
import { createChangeTools, errorOf } from './change-tools';

/** Commands of a gallery whose code is loaded with their first use. */
export interface LazyCommands {
  /** See `AttachFromText`. */
  readonly attachFromText: TextCommands['attach'];
  /** See `CopiesHere.start`. */
  readonly copyHere: TextCommands['copyHere'];
  /** See `CopiesHere.undo`. */
  readonly undoCopyHere: TextCommands['undoCopyHere'];
  /** Loads the command to insert files into texts. @throws StaplerError */
  readonly loadInsertions: () => Promise<Insertions>;
  /** Progress or result of the last bundle. */
  readonly bundling: ReadonlyStore<Bundling | undefined>;
  /** Loads the command to bundle attachments. @throws StaplerError */
  readonly loadBundler: () => Promise<Bundler>;
  /** Options for the history of files. */
  readonly historyOptions: FileHistoryOptions;
}

/** Dependencies of `createLazyCommands`. */
export type LazyCommandsOptions = TextCommandsOptions &
  OpenInsertionsOptions &
  BundlerOptions &
  Omit<FileHistoryOptions, 'tools'>;

function loadTexts() {
  return import(/* webpackChunkName: "texts" */ '../texts/text-commands');
}

function loadInsert() {
  return import(/* webpackChunkName: "insert" */ '../insert/insertions');
}

function loadBundle() {
  return import(/* webpackChunkName: "bundle" */ '../bundle/bundler');
}

/** Creates the commands. Nothing is loaded before the first one. */
export function createLazyCommands(options: LazyCommandsOptions): LazyCommands {
  const { store, services } = options;
  let insertions: Insertions | undefined;
  let texts: TextCommands | undefined;
  let bundler: Bundler | undefined;
  const bundling = createStateStore<Bundling | undefined>(undefined, { notify: 'at-once' });

  async function withTexts(act: (commands: TextCommands) => Promise<void>): Promise<void> {
    try {
      const { createTextCommands } = await loadModule(loadTexts);
      await act((texts ??= createTextCommands(options)));
    } catch (error) {
      store.change({ errors: [errorOf([], error)] });
    }
  }

  return {
    attachFromText: (...order) => withTexts(({ attach }) => attach(...order)),
    copyHere: (...order) => withTexts(({ copyHere }) => copyHere(...order)),
    undoCopyHere: () => withTexts(({ undoCopyHere }) => undoCopyHere()),
    async loadInsertions() {
      const { openInsertions } = await loadModule(loadInsert);
      return (insertions ??= openInsertions({ ...options, ...services }));
    },
    bundling,
    async loadBundler() {
      const { createBundler } = await loadModule(loadBundle);
      return (bundler ??= createBundler(options, bundling));
    },
    historyOptions: { ...options, tools: createChangeTools(options) },
  };
}
