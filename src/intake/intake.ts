import type { Runtime } from '../base/runtime';
import { sleep } from '../base/sleep';
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
export function createIntake(runtime: Runtime): Intake {
  const breathe = (): Promise<void> => sleep(runtime, 0);
  return {
    fromInput: (files) => pickFromInput(files, breathe),
    fromPaste: pickFromPaste,
    fromDrop: (transfer) => readDrop(transfer, breathe),
  };
}
