import { createMutex } from '../../base/async';
import { isCancelled } from '../../base/errors';
import { createStateStore } from '../../base/store';
import type { DataHostOptions } from './data/data-host';
import { createDataHost } from './data/data-host';
import type { IndexState, ProjectIndex } from './project-index';
import type { IndexParts, IndexRounds } from './reading/index-rounds';
import { createIndexRounds } from './reading/index-rounds';
import { createProjectReader } from './reading/project-reader';
import type { ReadGateOptions } from './reading/read-gate';
import { gateOf } from './reading/read-gate';
import { createSearches } from './reading/searches';

/** Dependencies of a project index. */
export interface ProjectIndexOptions extends DataHostOptions, Pick<ReadGateOptions, 'isUploading'> {
  readonly project: { readonly id: string; readonly name: string };
}

/** Creates the index of a project. It reads nothing before `open`. */
export function createProjectIndex(options: ProjectIndexOptions): ProjectIndex {
  const { connection, project, runtime } = options;
  const gate = gateOf(connection, options);
  const host = createDataHost(options);
  const state = createStateStore<IndexState>({
    ...{ phase: 'opening', items: 0, files: 0, isKept: true, version: 0 },
  });
  const rounds = createIndexRounds(state, runtime.now);
  const serialize = createMutex();
  let running: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;

  async function partsOf(): Promise<IndexParts> {
    const data = await host();
    const { now } = runtime;
    const { onChange } = rounds;
    const reader = createProjectReader({ connection, gate, data, project: project.name, now, onChange });
    return { data, reader };
  }

  /** Runs a round, or joins the one that is running. */
  function run(task: IndexRounds['open']): Promise<void> {
    if (running) return running.done;
    const controller = new AbortController();
    const done = serialize(async () => {
      let parts: IndexParts | undefined;
      try {
        parts = await partsOf();
        await task(parts, controller.signal);
      } catch (error) {
        // What was read is kept.
        if (parts) await rounds.save(parts);
        rounds.stop(controller.signal.aborted || isCancelled(error) ? undefined : { reason: error });
      } finally {
        running = undefined;
      }
    });
    running = { controller, done };
    return done;
  }

  return {
    state,
    open: () => run(rounds.open),
    build: () => run(rounds.scan),
    pause: () => running?.controller.abort(),

    refresh() {
      if (!rounds.isComplete()) return Promise.resolve();
      if (!running) state.setState((last) => ({ ...last, phase: 'refreshing' }));
      return run(rounds.refresh);
    },

    async remove() {
      running?.controller.abort();
      await running?.done;
      await run(rounds.clear);
    },

    ...createSearches(host, 'screen'),
    aside: createSearches(host, 'dialog'),

    async addAuthors(items) {
      const parts = await partsOf();
      const added = await parts.data.addAuthors(items);
      if (added === 0) return added;
      rounds.onFacts();
      await rounds.save(parts);
      return added;
    },

    async addContents(contents) {
      const data = await host();
      if (await data.addContents(contents)) rounds.onFacts();
    },

    async onItemChanged(...workItemIds) {
      if (!rounds.hasIndex()) return;
      try {
        const parts = await partsOf();
        await parts.reader.readSome(workItemIds);
        await rounds.save(parts);
      } catch {
        // The next refresh reads the change.
      }
    },
  };
}
