import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import type { PackedZip, PackOptions } from '../../../src/gallery/zip/pack-zip';
import type { SendFileOptions } from '../../../src/gallery/send-file';
import type { ZipJobOptions } from '../../../src/gallery/zip/zip-job';
import type { AttachmentReference } from '../../../src/azure/work-item';
import { referenceTo } from '../../helpers/uploads';

/** Mocks of a job's dependencies. By default all files are packed and the frame can save the zip. */
export function zipTools() {
  return {
    readBytes: jest.fn(() => Promise.resolve(new Blob(['x']))),
    pack: jest.fn<Promise<PackedZip>, [readonly AttachedFile[], unknown, PackOptions]>(() =>
      Promise.resolve({ bytes: new Blob(['zip']), leftOut: [] }),
    ),
    maySave: jest.fn(() => true),
    save: jest.fn<undefined, [Blob, string]>(),
    send: jest.fn<Promise<AttachmentReference>, [{ name: string; source: Blob }, SendFileOptions]>(() =>
      Promise.resolve(referenceTo(9)),
    ),
    openInNewTab: jest.fn<Promise<void>, [string]>(() => Promise.resolve()),
  } satisfies ZipJobOptions;
}
