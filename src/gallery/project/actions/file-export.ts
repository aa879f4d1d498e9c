import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import { exportCommands } from '../../export/export-commands';
import type { ExportJob } from '../../export/export-job';
import { createExportJob } from '../../export/export-job';
import type { ExportLayout } from '../../export/export-paths';
import type { IncludedFiles } from '../../export/find-sources';
import { countVolumes } from '../../export/plan-volumes';
import type { ProjectIndex } from '../project-index';
import { attachmentsOfFile } from '../project-index';
import type { ChosenRows, HubActionServices } from '../session/hub-action';
import type { ChosenReader, Collector } from './read-chosen';
import { createChosenReader } from './read-chosen';

/** Files to export. */
export interface FilesToExport {
  /** GUIDs of attachments by work item, in ascending order of these. */
  readonly byItem: ReadonlyMap<number, ReadonlySet<string>>;
  readonly files: number;
  /** Sum of the known sizes, in bytes. */
  readonly bytes: number;
  /** Expected number of archives. */
  readonly archives: number;
}

/** Choices of the person. */
export interface ExportOptions {
  readonly layout: ExportLayout;
  readonly include: ReadonlySet<IncludedFiles>;
  /** Commands that export the same work items, with these choices; none before the files are read. */
  readonly commands: readonly string[];
}

/** Export of chosen files: first they are read from the index, then the person decides. */
export interface FileExport {
  readonly reader: ChosenReader<FilesToExport>;
  readonly options: ReadonlyStore<ExportOptions>;
  readonly job: ExportJob;
  /** Whether the frame can save archives. */
  readonly maySave: boolean;
  /** Reads the files and prepares the commands. Never rejects. */
  readonly open: () => Promise<void>;
  readonly choose: (layout: ExportLayout) => void;
  readonly include: (files: IncludedFiles, isIncluded: boolean) => void;
  /** Starts the export, when the files are read. */
  readonly start: () => void;
  /** Cancels all work. */
  readonly close: () => void;
}

/** Dependencies of `createFileExport`. */
export interface FileExportOptions extends Pick<HubActionServices, 'project'> {
  readonly services: Pick<HubActionServices['services'], 'connection' | 'manyWorkItems' | 'runtime'>;
  readonly index: Pick<ProjectIndex, 'readRows'>;
  readonly rows: ChosenRows;
  readonly maySave: boolean;
  readonly save: (bytes: Blob, name: string) => void;
}

/** Creates the export of these rows. */
export function createFileExport(options: FileExportOptions): FileExport {
  const { services, index, rows, project, maySave, save } = options;
  const reader = createChosenReader(index, rows, createCollector);
  const store = createStateStore<ExportOptions>({ layout: 'folders', include: new Set(), commands: [] });
  const job = createExportJob({ services, save });
  let organization = '';

  function change(facts: Partial<ExportOptions>): void {
    const state = reader.getSnapshot();
    const next = { ...store.getSnapshot(), ...facts };
    const commands =
      state.status === 'read'
        ? exportCommands({ ...next, organization, workItemIds: [...state.chosen.byItem.keys()] })
        : [];
    store.setState({ ...next, commands });
  }

  return {
    reader,
    options: store,
    job,
    maySave,

    async open() {
      const [address] = await Promise.all([
        // Without it, there is no command.
        services.connection.getBaseUrl().catch(() => ''),
        reader.read(),
      ]);
      organization = address.replace(/\/+$/, '');
      change({});
    },

    choose: (layout) => change({ layout }),

    include(files, isIncluded) {
      const include = new Set(store.getSnapshot().include);
      if (isIncluded) include.add(files);
      else include.delete(files);
      change({ include });
    },

    start() {
      const state = reader.getSnapshot();
      if (state.status !== 'read' || !maySave) return;
      const { layout, include } = store.getSnapshot();
      job.start({ chosen: state.chosen.byItem, layout, include }, project.name);
    },

    close() {
      reader.stop();
      job.cancel();
    },
  };
}

/** Collects GUIDs and sizes only: there can be hundreds of thousands of files. */
function createCollector(): Collector<FilesToExport> {
  const byItem = new Map<number, Set<string>>();
  const sizes: number[] = [];
  return {
    add(file) {
      const { item, size = 0 } = file;
      const known = byItem.get(item.id) ?? new Set();
      for (const { reference } of attachmentsOfFile(file)) known.add(reference.id);
      byItem.set(item.id, known);
      sizes.push(size);
    },
    finish: () => ({
      byItem: new Map([...byItem].sort(([a], [b]) => a - b)),
      files: sizes.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      archives: countVolumes(sizes),
    }),
  };
}
