import type { LinkTarget } from '../../azure/work-item';
import type { Picked } from '../intake/intake';
import { freeName } from '../intake/free-name';
import type { Treatments } from '../over-limit/treatments';
import { placesOf } from '../places';
import type { PickedFile } from '../upload';
import type { HeldFile, HeldReason, HoldFile, PassFiles } from './checks-state';
import type { HeldWork } from './held-work';
import type { LimitItems } from './large-files';

/** Questions about files that a work item has no room for. */
export interface ExcessFiles {
  /**
   * Holds the files that do not fit, so that a zip of them has a place. Returns the others. Never rejects.
   *
   * @param pass Passes files on after the decision of the user, also without room.
   */
  readonly hold: (picked: Picked, target: LinkTarget, pass: PassFiles) => Promise<Picked>;
  /** Makes a zip of the files of a question, and passes it on. */
  readonly bundle: (held: HeldFile, pass: PassFiles) => void;
}

/** Dependencies of `createExcessFiles`. */
export interface ExcessFilesOptions {
  readonly hold: HoldFile;
  readonly work: HeldWork;
  readonly treatments: Pick<Treatments, 'predictBundle' | 'bundle'>;
  readonly limits?: LimitItems | undefined;
}

/** Creates the questions of a frame. */
export function createExcessFiles({ hold, work, treatments, limits }: ExcessFilesOptions): ExcessFiles {
  const limitBytes = (): number => limits?.fileLimit.bytes() ?? Infinity;
  const roomOf = (target: LinkTarget): number => limits?.roomOf(target) ?? Infinity;

  async function reasonFor(files: readonly PickedFile[]): Promise<HeldReason> {
    return { kind: 'no-room', files, zip: await treatments.predictBundle(files, limitBytes()) };
  }

  return {
    async hold(picked, target, pass) {
      const room = roomOf(target);
      if (room < 1 || picked.accepted.length <= room) return picked;
      const { fitting, excess } = divide(picked.accepted, room);
      const [first] = excess;
      if (!first || excess.length === 1) return picked;
      hold({
        ...{ file: first, target, reason: await reasonFor(excess) },
        // The first file stands for all.
        pass: (files, now) => pass(files.accepted[0] === first ? { ...files, accepted: excess } : files, now),
      });
      return { ...picked, accepted: fitting };
    },

    bundle(held, pass) {
      const { reason, target } = held;
      if (reason.kind !== 'no-room') return;
      const { files } = reason;
      work.run(held, {
        pass,
        async make(signal, onProgress) {
          // Other files may have taken the place since the question.
          if (roomOf(target) < 1) return undefined;
          const source = await treatments.bundle(files, { limitBytes: limitBytes(), signal, onProgress });
          return (
            source && {
              name: freeName(bundleName(files), limits?.namesOn(target) ?? []),
              size: source.size,
              folder: '',
              source,
            }
          );
        },
        askAgain: () => reasonFor(files),
      });
    },
  };
}

/** Divides files into those that get places of their own, and the others. One place is left for the zip of the others. */
function divide(
  files: readonly PickedFile[],
  room: number,
): { readonly fitting: readonly PickedFile[]; readonly excess: readonly PickedFile[] } {
  let free = room - 1;
  const fitting: PickedFile[] = [];
  const excess: PickedFile[] = [];
  for (const file of files) {
    const isVolumes = placesOf(file) > 1;
    if (placesOf(file) <= free) free -= placesOf(file);
    else if (!isVolumes) {
      excess.push(file);
      continue;
    }
    // A split file stays one, also if it is refused.
    fitting.push(file);
  }
  return { fitting, excess };
}

/** Name of the zip: that of the folder, if all files come from one. */
function bundleName(files: readonly PickedFile[]): string {
  const folders = new Set(files.map(({ folder }) => folder.split('/')[0] ?? ''));
  const [folder = ''] = folders;
  return `${folders.size === 1 && folder !== '' ? folder : 'files'}.zip`;
}
