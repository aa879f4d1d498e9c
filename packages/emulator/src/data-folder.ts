import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreSnapshot } from './rest/snapshot';
import type { Store } from './rest/store';
import { UserError } from './user-error';

/** Error of an unusable data folder, with a message for the user. */
export class DataFolderError extends UserError {
  override readonly name = 'DataFolderError';
}

/** Format of the state file. Existing data folders contain both names, so they stay. */
const mark = { format: 'stapler-stand-in', version: 1 };

const stateFile = 'stand-in.json';
const attachmentsFolder = 'attachments';

/** In place of the base of the REST service, since its port is another one each time. */
const basePlaceholder = 'emulator-base:/';

/** Delay between the last change and its write, in milliseconds. Changes come in bursts. */
const settledAfterMs = 200;

/**
 * Folder of a store: `stand-in.json`, and the bytes of the attachments. The state is written to a temporary
 * file and renamed, so a complete file exists at any time. Only one emulator may use a folder.
 */
export class DataFolder {
  private timer: NodeJS.Timeout | undefined;
  private written: Promise<void> = Promise.resolve();
  /** Whether the state was restored or seeded. Before, nothing is written: an unusable file stays as it is. */
  private isFilled = false;
  /** Base of the REST service. Addresses in stored texts follow it. */
  baseUrl = '';

  private constructor(
    private readonly path: string,
    private readonly isTemporary: boolean,
  ) {}

  /** Opens a folder and creates it if necessary. Without a path, a temporary one, removed on close. */
  static async open(path?: string): Promise<DataFolder> {
    if (path === undefined) return new DataFolder(await mkdtemp(join(tmpdir(), 'stapler-emulator-')), true);
    await mkdir(path, { recursive: true });
    const names = await readdir(path);
    if (names.length > 0 && !names.includes(stateFile))
      throw new DataFolderError(
        `The folder ${path} holds other files.`,
        'Name an empty folder with --data, or one that does not exist.',
      );
    return new DataFolder(path, false);
  }

  /** Folder of the attachments' bytes. */
  get attachments(): string {
    return join(this.path, attachmentsFolder);
  }

  /**
   * Restores the written state into a new store; returns `false` if there is none. Throws a `DataFolderError`
   * for a damaged or foreign file and leaves the file unchanged.
   */
  async restore(store: Store): Promise<boolean> {
    const file = join(this.path, stateFile);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return false;
    await mkdir(this.attachments, { recursive: true });
    try {
      store.restore(readSnapshot(text.replaceAll(basePlaceholder, this.baseUrl)));
    } catch (error) {
      throw new DataFolderError(
        `The file ${file} cannot be used: ${(error as Error).message}. It stays as it is.`,
        'Name another folder with --data.',
      );
    }
    this.isFilled = true;
    return true;
  }

  /** Removes all attachments. */
  async empty(): Promise<void> {
    await rm(this.attachments, { recursive: true, force: true });
    await mkdir(this.attachments, { recursive: true });
    this.isFilled = true;
  }

  /** Schedules a write of the store. */
  changed(store: () => Store): void {
    if (this.isTemporary) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.write(store()).catch((error: unknown) =>
        console.error('[emulator] The data were not written:', error),
      );
    }, settledAfterMs);
  }

  /** Writes the store. */
  write(store: Store): Promise<void> {
    if (this.isTemporary || !this.isFilled) return Promise.resolve();
    const file = join(this.path, stateFile);
    this.written = this.written
      .catch(() => undefined)
      .then(async () => {
        const text = JSON.stringify({ ...mark, ...store.snapshot() });
        await writeFile(`${file}.new`, text.replaceAll(this.baseUrl, basePlaceholder));
        await rename(`${file}.new`, file);
      });
    return this.written;
  }

  /** Writes the store for the last time; removes a temporary folder. */
  async close(store: Store): Promise<void> {
    clearTimeout(this.timer);
    await this.write(store);
    if (this.isTemporary) await rm(this.path, { recursive: true, force: true });
  }
}

function readSnapshot(text: string): StoreSnapshot {
  const { format, version, ...snapshot } = JSON.parse(text) as typeof mark & StoreSnapshot;
  if (format !== mark.format) throw new Error('it was written by something else');
  if (version !== mark.version)
    throw new Error(`it is of version ${version}, and only ${mark.version} can be read`);
  return snapshot;
}
