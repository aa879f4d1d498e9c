import { openExisting } from './database';

/** Whether this browser keeps an index of any project. Creates nothing, and never rejects. */
export async function hasProjectIndex(): Promise<boolean> {
  try {
    (await openExisting()).close();
    return true;
  } catch {
    // Sandboxed frames have no databases.
    return false;
  }
}
