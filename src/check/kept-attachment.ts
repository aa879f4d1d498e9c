/* eslint-disable no-restricted-globals -- one small value, outside the journal */
/**
 * An attachment left on a work item: is it purged although it was linked again? On a created work item, also a picture
 * in its description, and an attachment that another work item had: are they purged without that relation? Earlier versions store and read the first three members only.
 */
export interface KeptAttachment {
  readonly workItemId: number;
  readonly attachmentId: string;
  /** In milliseconds since the epoch. */
  readonly keptAt: number;
  readonly pictureId?: string;
  readonly secondLinkId?: string;
  /** Project of the created work item, to be deleted after the verification. */
  readonly project?: string;
}

/** Storage of the kept attachment, for one person and organization in this browser. */
export interface KeptAttachmentStore {
  readonly read: () => Promise<KeptAttachment | undefined>;
  /** Whether another attachment can be stored: there is room for one. */
  readonly canWrite: () => Promise<boolean>;
  /** Resolves with whether it is stored. Without a value, it is forgotten. */
  readonly write: (kept: KeptAttachment | undefined) => Promise<boolean>;
}

/** Time after which Azure DevOps purges removed attachments, in milliseconds (REST reference G). */
export const PURGE_MS = 30 * 24 * 60 * 60 * 1000;

/** @param partition Organization and person; `undefined` if unknown. */
export function createKeptAttachmentStore(partition: () => Promise<string | undefined>): KeptAttachmentStore {
  async function keyOf(): Promise<string | undefined> {
    const whose = await partition();
    return whose === undefined ? undefined : `stapler-check ${whose}`;
  }

  return {
    async read() {
      try {
        const key = await keyOf();
        const text = key === undefined ? null : localStorage.getItem(key);
        return text === null ? undefined : readKept(JSON.parse(text));
      } catch {
        // Sandboxed frames have no storage.
        return undefined;
      }
    },
    async canWrite() {
      try {
        const key = await keyOf();
        if (key === undefined || localStorage.getItem(key) !== null) return false;
        localStorage.setItem(key, '');
        localStorage.removeItem(key);
        return true;
      } catch {
        return false;
      }
    },
    async write(kept) {
      try {
        const key = await keyOf();
        if (key === undefined) return false;
        if (kept) localStorage.setItem(key, JSON.stringify(kept));
        else localStorage.removeItem(key);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function readKept(value: unknown): KeptAttachment | undefined {
  const { workItemId, attachmentId, keptAt, ...created } = (value ?? {}) as Partial<Record<string, unknown>>;
  const isText = (text: unknown): boolean => typeof text === 'string';
  const isCreatedValid = [created['pictureId'], created['secondLinkId'], created['project']].every(
    (text) => text === undefined || isText(text),
  );
  const isValid = Number.isInteger(workItemId) && isText(attachmentId) && Number.isFinite(keptAt);
  return isValid && isCreatedValid ? (value as KeptAttachment) : undefined;
}
