import type { Runtime } from '../../base/runtime';
import { sleep } from '../../base/sleep';
import type { Picked } from './pick-files';
import { pickFromInput, pickFromPaste } from './pick-files';
import { readDrop } from './read-drop';

/** Sources of files. */
export interface Intake {
  readonly fromInput: (files: Iterable<File>) => Promise<Picked>;
  readonly fromPaste: typeof pickFromPaste;
  /** Call it synchronously in the drop handler. */
  readonly fromDrop: (transfer: DataTransfer) => Promise<Picked>;
}

/** Creates the intake of a frame. */
export function createIntake(runtime: Runtime): Intake {
  const yieldToMain = (): Promise<void> => sleep(runtime, 0);
  return {
    fromInput: (files) => pickFromInput(files, yieldToMain),
    fromPaste: pickFromPaste,
    fromDrop: (transfer) => readDrop(transfer, yieldToMain),
  };
}
