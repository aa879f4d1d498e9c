import type { AttachmentReference } from '../../azure/work-item';
import { FileUnreadableError } from '../../base/errors';
import type {
  FileToSend,
  FileTransfer,
  SendOptions,
  Transport,
  UploadReference,
  UploadSession,
} from '../upload';
import { hashAside } from '../volumes/hash-aside';
import type { VolumeHashes } from '../volumes/hash-volumes';
import { writeVolumeComment } from '../volumes/volume-mark';
import { volumeNames } from '../volumes/volume-names';
import type { VolumeRange } from '../volumes/volume-plan';
import { volumeRanges } from '../volumes/volume-plan';

/**
 * Sends a file as volumes, one after the other, and hashes it meanwhile. An attempt continues with the first volume that
 * is not on the server.
 *
 * @param begin Creates the transfer of a volume.
 * @param volumeBytes Size of each volume but the last, in bytes.
 */
export function createSplitTransfer(
  begin: Transport['begin'],
  file: FileToSend,
  volumeBytes: number,
): FileTransfer {
  const { name, size, source, comment = '', session } = file;
  const ranges = volumeRanges(size, volumeBytes);
  const names = volumeNames(name, ranges.length, () => false);
  /** Of the volumes on the server. */
  const references: AttachmentReference[] = [...(session?.volumes ?? [])];
  let resumed = session;
  let current: FileTransfer | undefined;
  let hashing: Promise<VolumeHashes> | undefined;

  function beginVolume({ number, start, end }: VolumeRange): FileTransfer {
    const transfer = begin({
      ...{ name: names[number - 1] ?? name, size: end - start, source: source.slice(start, end) },
      ...{ isOneOfMany: false, session: resumed },
    });
    resumed = undefined;
    return transfer;
  }

  /** Hashes the file once, also beside several attempts; after a failure again. */
  function hash(signal: AbortSignal): Promise<VolumeHashes> {
    hashing ??= hashAside({ source, volumeBytes }, signal).catch((cause: unknown) => {
      hashing = undefined;
      signal.throwIfAborted();
      throw new FileUnreadableError(name, { cause });
    });
    hashing.catch(() => undefined);
    return hashing;
  }

  /** Session that continues after the volumes on the server. */
  function finishedSession(): UploadSession | undefined {
    const reference = references.at(-1);
    const bytesAccepted = lengthOf(ranges[references.length - 1]);
    const volumes = references.slice(0, -1);
    return reference && { reference, bytesAccepted, chunkBytes: volumeBytes, isDoubtful: false, volumes };
  }

  /** Options of an attempt for one volume. */
  function optionsOf({ start }: VolumeRange, options: SendOptions): SendOptions {
    return {
      ...options,
      onProgress: ({ bytesSent, bytesAccepted }) =>
        options.onProgress({ bytesSent: start + bytesSent, bytesAccepted: start + bytesAccepted }),
      onSession: (now) => options.onSession(now ? { ...now, volumes: [...references] } : finishedSession()),
    };
  }

  async function sendVolumes(options: SendOptions): Promise<void> {
    for (const range of ranges.slice(references.length)) {
      await options.waitUntilOpen();
      options.signal.throwIfAborted();
      current ??= beginVolume(range);
      references.push(await current.run(optionsOf(range, options)));
      current = undefined;
      options.onProgress({ bytesSent: range.end, bytesAccepted: range.end });
      await options.onSession(finishedSession());
    }
  }

  function referenceWith({ sha256, crcs }: VolumeHashes): UploadReference {
    const facts = { count: ranges.length, totalBytes: size, sha256 };
    const volumes = references.map((reference, index) => {
      const mark = { ...facts, number: index + 1, crc32: crcs[index] ?? '' };
      return {
        ...{ reference, name: names[index] ?? name, size: lengthOf(ranges[index]) },
        comment: writeVolumeComment({ comment, mark }),
      };
    });
    const [first] = references;
    if (!first) throw new RangeError('A split file has at least one volume.');
    return { ...first, volumes };
  }

  return {
    async run(options) {
      const hashes = hash(options.signal);
      await sendVolumes(options);
      return referenceWith(await hashes);
    },
  };
}

function lengthOf(range: VolumeRange | undefined): number {
  return range ? range.end - range.start : 0;
}
