import { readAttachment } from '../../azure/rest/attachments';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import { retry } from '../../base/retry';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { FrameServices } from '../../upload/frame-services';
import { safeName } from '../model/entry-names';
import { loadSplitTools } from '../split/load-split-tools';
import type { ExportedFacts } from './exported-facts';
import type { ExportSource } from './find-sources';
import type { NotExported } from './pack-volume';
import type { PageExport } from './plan-export';
import type { Volume } from './plan-volumes';
import { planVolumes } from './plan-volumes';

/** State of an export to archives. */
export type ExportState =
  | { readonly status: 'idle' }
  | { readonly status: 'planning'; readonly itemsDone: number; readonly itemsTotal: number }
  /** A large export has several archives. The person starts each, because browsers block a row of downloads. */
  | ({ readonly status: 'waiting' } & VolumeFacts)
  | ({ readonly status: 'packing'; readonly bytesDone: number } & VolumeFacts)
  | {
      readonly status: 'done';
      readonly files: number;
      readonly bytes: number;
      readonly notExported: readonly NotExported[];
    }
  | { readonly status: 'failed'; readonly problem: Problem };

/** An archive among those of its export. */
export interface VolumeFacts {
  /** From 1. */
  readonly volume: number;
  readonly volumes: number;
  readonly files: number;
  /** Sum of the known sizes. */
  readonly bytes: number;
}

/** Exports files to archives, one export at a time. */
export interface ExportJob extends ReadonlyStore<ExportState> {
  /**
   * Plans an export, canceling the current one. A single archive is packed at once.
   *
   * @param name Start of the names of the archives.
   */
  readonly start: (order: PageExport, name: string) => void;
  /** Packs the next archive. */
  readonly next: () => void;
  /** Repeats the step that failed. */
  readonly retry: () => void;
  /** Cancels the export, or dismisses its result. */
  readonly cancel: () => void;
}

/** Dependencies of `createExportJob`. */
export interface ExportJobOptions {
  readonly services: Pick<FrameServices, 'connection' | 'manyWorkItems' | 'runtime'>;
  readonly save: (bytes: Blob, name: string) => void;
}

/** Attempts to read a file before the archive leaves it out. */
const READ_ATTEMPTS = 3;

const IDLE: ExportState = { status: 'idle' };

const loadPlan = () => import(/* webpackChunkName: "export" */ './plan-export');
const loadPack = () => import(/* webpackChunkName: "export" */ './pack-volume');

/** Creates an idle job. */
export function createExportJob({ services, save }: ExportJobOptions): ExportJob {
  const store = createStateStore<ExportState>(IDLE);
  let controller = new AbortController();
  let repeat = (): void => undefined;

  /** Runs a step until it ends or another export starts. */
  function run(step: (signal: AbortSignal, show: (state: ExportState) => void) => Promise<void>): void {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const show = (state: ExportState): void => {
      if (!signal.aborted) store.setState(state);
    };
    repeat = () => run(step);
    step(signal, show).catch((error: unknown) => {
      if (!isCancelled(error)) show({ status: 'failed', problem: toProblem(error) });
    });
  }

  let next = (): void => undefined;

  function pack(volumes: readonly Volume[], index: number, before: Totals, name: string): void {
    const volume = volumes[index];
    if (!volume) {
      const { files, notExported } = before;
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      store.setState({ status: 'done', files: files.length, bytes, notExported });
      return;
    }
    const facts: VolumeFacts = {
      volume: index + 1,
      volumes: volumes.length,
      files: volume.files.length,
      bytes: volume.bytes,
    };
    next = () =>
      run(async (signal, show) => {
        show({ status: 'packing', bytesDone: 0, ...facts });
        const { packVolume } = await loadModule(loadPack);
        const packed = await packVolume(volume.files, {
          readBytes: (source, ...rest) => readSource(services, source, ...rest),
          earlier: before.files,
          signal,
          onProgress: (bytesDone) => show({ status: 'packing', bytesDone, ...facts }),
        });
        signal.throwIfAborted();
        save(packed.bytes, nameOf(name, facts));
        const files = [...before.files, ...packed.files];
        const notExported = [...before.notExported, ...packed.notExported];
        pack(volumes, index + 1, { files, notExported }, name);
      });
    if (volumes.length === 1) next();
    else store.setState({ status: 'waiting', ...facts });
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    start(order, name) {
      run(async (signal, show) => {
        const itemsTotal = order.chosen.size;
        const onProgress = (itemsDone: number): void => show({ status: 'planning', itemsDone, itemsTotal });
        onProgress(0);
        const { planExport } = await loadModule(loadPlan);
        const { connection, manyWorkItems, runtime } = services;
        const { readMany } = manyWorkItems;
        const plan = await planExport(order, { connection, runtime, readMany, signal, onProgress });
        signal.throwIfAborted();
        pack(planVolumes(plan.files), 0, { files: [], notExported: plan.notExported }, name);
      });
    },

    next() {
      if (store.getSnapshot().status === 'waiting') next();
    },

    retry() {
      if (store.getSnapshot().status === 'failed') repeat();
    },

    cancel() {
      controller.abort();
      store.setState(IDLE);
    },
  };
}

/** Files of the archives so far. */
interface Totals {
  readonly files: readonly ExportedFacts[];
  readonly notExported: readonly NotExported[];
}

async function readSource(
  { connection, runtime }: ExportJobOptions['services'],
  { bytes }: ExportSource,
  signal: AbortSignal,
  onProgress: (bytesRead: number) => void,
): Promise<Blob> {
  switch (bytes.kind) {
    case 'attachment':
      return retry(() => readAttachment(connection, bytes.reference, signal, onProgress), {
        ...{ runtime, signal, maxAttempts: READ_ATTEMPTS },
      });
    case 'split': {
      const { readJoined } = await loadSplitTools();
      return readJoined(bytes.volumes, {
        read: ({ reference }, ...rest) => readAttachment(connection, reference, ...rest),
        ...{ runtime, signal, onProgress },
      });
    }
    case 'bytes':
      return new Blob([await bytes.read()]);
    case 'elsewhere':
      throw new RangeError('Files of other servers are not part of a plan.');
  }
}

/** `Fabrikam attachments.zip`, `Fabrikam attachments 2 of 5.zip`. File names are not translated. */
function nameOf(name: string, { volume, volumes }: VolumeFacts): string {
  return safeName(`${name} attachments${volumes > 1 ? ` ${volume} of ${volumes}` : ''}.zip`);
}
