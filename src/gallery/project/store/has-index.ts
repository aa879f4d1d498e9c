import { openDB } from 'idb';
import { DATABASE } from './database';

/** Whether this browser keeps an index of any project. Creates nothing, and never rejects. */
export async function hasProjectIndex(): Promise<boolean> {
  try {
    const db = await openDB(DATABASE, undefined, {
      // Called only if there is no database: its creation is undone.
      upgrade: (_db, _oldVersion, _newVersion, tx) => tx.abort(),
    });
    db.close();
    return true;
  } catch {
    // Sandboxed frames have no databases.
    return false;
  }
}
