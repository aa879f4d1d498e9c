import type { Surroundings } from '../model/surroundings';
import type { Picked } from './pick-files';
import { pickFromInput, pickFromPaste } from './pick-files';
import { readDrop } from './read-drop';

/** The ways in. */
export interface Intake {
  readonly fromInput: (files: Iterable<File>) => Promise<Picked>;
  readonly fromPaste: typeof pickFromPaste;
  /** To be called before anything is awaited in the handler of the drop. */
  readonly fromDrop: (transfer: DataTransfer) => Promise<Picked>;
}

/** All of them. */
export function createIntake({ later }: Pick<Surroundings, 'later'>): Intake {
  const breathe = (): Promise<void> => new Promise((resolve) => later(0, resolve));
  return {
    fromInput: (files) => pickFromInput(files, breathe),
    fromPaste: pickFromPaste,
    fromDrop: (transfer) => readDrop(transfer, breathe),
  };
}
