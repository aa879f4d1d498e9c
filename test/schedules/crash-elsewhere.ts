import type { SameFileFinder } from '../../src/upload/same-file-work';
import type { FormSession } from '../../src/upload/form/form-session';
import type { CrashService } from './crash-service';
import { PROJECT } from './crash-service';
import type { Given, World } from './crash-world';

/** Work item that has all files as well. */
const OTHER_ITEM = 99;

/** Puts the files on another work item, and finds them there. */
export function createElsewhere(service: CrashService, given: readonly Given[]): SameFileFinder {
  const files = new Map(
    given.map(({ file, bytes }) => [file.name, service.placeElsewhere(file.name, bytes)] as const),
  );
  return {
    isLinkSafe: true,
    findCandidates: (picked) =>
      Promise.resolve(
        new Map(
          picked.flatMap((file) => {
            const reference = files.get(file.name);
            const { name } = file;
            return reference ? [[file, [{ workItemId: OTHER_ITEM, project: PROJECT, name, reference }]]] : [];
          }),
        ),
      ),
    findSame: (_, [candidate]) => Promise.resolve(candidate),
    isStillThere: () => Promise.resolve(true),
  };
}

/** Links most of the offered files of a work item, and uploads the others. Returns whether there were any. */
export function answerOffers(
  { dice, note }: Pick<World, 'dice' | 'note'>,
  { queue, sameFiles }: Pick<FormSession, 'queue' | 'sameFiles'>,
): boolean {
  const offered = queue.getSnapshot().filter(({ sameFile }) => sameFile?.status === 'asking');
  for (const { id, file } of offered) {
    const answer = dice.percent(75) ? 'link' : 'upload';
    note(`${file.name}: ${answer}`);
    sameFiles.answer([id], answer);
  }
  return offered.length > 0;
}
