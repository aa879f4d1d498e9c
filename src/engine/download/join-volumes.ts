import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { SavedFile } from '../../azure/rest/save-attachment';
import type { AttachedFile } from '../../gallery/model/attached-file';
import { brokenVolumes, splitIncomplete } from '../../gallery/model/split-files';
import type { VolumeSet } from '../../upload/volumes/volume-sets';

/** Downloads an attachment to a path. @throws StaplerError, CancelledError */
export type Load = (file: AttachedFile, path: string) => Promise<SavedFile>;

/**
 * Downloads the volumes of a split file one after the other, and joins them. The disk holds one volume more than the
 * file.
 *
 * @param path Where the file is created. `<path>-<number>` is a volume meanwhile.
 * @throws StaplerError `split-incomplete` if volumes are missing or damaged, or another one; CancelledError.
 */
export async function loadJoined(set: VolumeSet<AttachedFile>, path: string, load: Load): Promise<SavedFile> {
  const { facts, volumes } = set;
  const broken = brokenVolumes(set);
  if (broken.length > 0) throw splitIncomplete(set, broken);
  const whole = createHash('sha256');
  const damaged: number[] = [];
  let size = 0;
  await rm(path, { force: true });
  for (const [index, volume] of volumes.entries()) {
    if (!volume) continue;
    const part = `${path}-${index + 1}`;
    let crc = 0;
    try {
      size += (await load(volume.file, part)).size;
      for await (const piece of createReadStream(part) as AsyncIterable<Buffer>) {
        crc = crc32(piece, crc);
        whole.update(piece);
        await appendFile(path, piece);
      }
    } finally {
      await rm(part, { force: true });
    }
    if (crc !== Number.parseInt(volume.mark.crc32, 16)) damaged.push(index + 1);
  }
  const sha256 = whole.digest('hex');
  if (damaged.length > 0 || sha256 !== facts.sha256) throw splitIncomplete(set, damaged);
  return { size, sha256 };
}
