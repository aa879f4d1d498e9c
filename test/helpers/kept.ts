import type { KeptBatch, KeptUpload } from '../../src/upload/recovery/journal/kept-batch';
import { FORMAT } from '../../src/upload/recovery/journal/kept-batch';
import { ITEM_7 } from './uploads';

/** Stored upload without sent bytes. */
export function keptUpload(facts: Partial<KeptUpload> = {}): KeptUpload {
  return {
    id: 'a',
    name: 'a.txt',
    size: 100,
    folder: '',
    type: 'text/plain',
    lastModified: 1_000,
    fingerprint: undefined,
    isFileKept: false,
    stage: 'sending',
    attempt: 1,
    isLinkTried: false,
    session: undefined,
    reference: undefined,
    failure: undefined,
    ...facts,
  };
}

/** Batch of another frame for work item 7. */
export function keptBatch(facts: Partial<KeptBatch> = {}): KeptBatch {
  return {
    format: FORMAT,
    partition: 'fabrikam jamal',
    id: 'batch',
    owner: 'other',
    target: ITEM_7,
    addedAt: 1_000,
    changedAt: 1_000,
    uploads: [keptUpload()],
    ...facts,
  };
}
