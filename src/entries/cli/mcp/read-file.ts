import type { SavedFile } from '../../../azure/rest/save-attachment';
import { saveAttachment } from '../../../azure/rest/save-attachment';
import { retry } from '../../../base/retry';
import type { AttachedFile } from '../../../gallery/model/attached-file';
import { loadJoined } from '../../../engine/download/join-volumes';
import { PathRefusedError } from './path-guard';
import type { ToolContext } from './tool';
import { defineTool, NUMBER, readItem } from './tool';
import { ToolError } from './tool-error';

/** Attempts of a download. Each starts at the first byte. */
const MAX_ATTEMPTS = 5;

/** `read_file` */
export const readFile = defineTool<{
  readonly item: number;
  readonly number: number;
  readonly folder?: string;
}>({
  name: 'read_file',
  description: 'Saves to disk',
  instructions:
    'read_file saves an attachment into an allowed folder, and returns its path, size and SHA-256.',
  properties: { item: NUMBER, number: NUMBER, folder: { type: 'string' } },
  required: ['item', 'number'],
  isWrite: true,
  async run({ item: id, number, folder }, context, signal) {
    const { attached } = await readItem(context, id, signal);
    context.numbers.numbersOf(
      id,
      attached.map(({ reference }) => reference.id),
    );
    const wanted = context.numbers.idOf(id, number);
    const file = attached.find(({ reference }) => reference.id === wanted);
    if (!file) throw new ToolError(`Work item ${id} has no file ${number}. Call list_files.`);
    const { name, size } = file;
    const entry = { tool: 'read_file', workItem: id, name };
    try {
      const { path, saved } = await context.files.createFile({ folder, name, size }, (target) =>
        download(file, target, context, signal),
      );
      await context.audit.add({
        ...entry,
        ...{ path, bytes: saved.size, sha256: saved.sha256, outcome: 'saved' },
      });
      return { value: { path, bytes: saved.size, sha256: saved.sha256 } };
    } catch (error) {
      if (error instanceof PathRefusedError)
        await context.audit.add({
          ...entry,
          ...(folder !== undefined && { path: folder }),
          ...{ outcome: 'refused', reason: error.message },
        });
      throw error;
    }
  },
});

async function download(
  file: AttachedFile,
  target: string,
  { engine, maxBytes }: Pick<ToolContext, 'engine' | 'maxBytes'>,
  signal: AbortSignal,
): Promise<SavedFile> {
  const { connection, runtime } = engine.services;
  // The size that a work item tells may be missing.
  const excess = new AbortController();
  let joinedBytes = 0;
  const load = async ({ reference, size }: AttachedFile, path: string): Promise<SavedFile> => {
    const options = {
      signal: AbortSignal.any([signal, excess.signal]),
      ...(size !== undefined && { expectedBytes: size }),
      onProgress: (bytes: number) => {
        if (joinedBytes + bytes > maxBytes) excess.abort();
      },
    };
    const saved = await retry(() => saveAttachment(connection, reference, path, options), {
      ...{ runtime, signal, maxAttempts: MAX_ATTEMPTS },
    });
    joinedBytes += saved.size;
    return saved;
  };
  try {
    return await (file.volumes ? loadJoined(file.volumes, target, load) : load(file, target));
  } catch (error) {
    if (excess.signal.aborted) throw new PathRefusedError('The file is larger than this server allows.');
    throw error;
  }
}
