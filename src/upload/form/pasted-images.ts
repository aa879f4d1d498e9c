import type { FormEvent, Host } from '../../azure/host/host';
import type { LinkTarget } from '../../azure/work-item';
import { sameTarget, workItemTarget } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import { kindOf } from '../../base/file-kind';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import { describeError } from '../messages/problems';
import type { PickedFile, UploadId } from '../upload';
import type { PasteChoice } from './paste-choice';
import { createPasteChoice } from './paste-choice';

/** Result for one pasted image. */
export interface PastedResult {
  readonly target: LinkTarget;
  /** Name of the image. */
  readonly name: string;
  /** `inserted`: as an unsaved edit. `unclear`: the form shows a text that cannot be explained. */
  readonly outcome: 'inserted' | 'not-inserted' | 'unclear';
  /** Place, or reason. */
  readonly sentence: string;
}

/** Inserts uploads into texts. Loaded with the first pasted image. */
export interface PastedInserter {
  /** Inserts each upload once, as soon as its bytes are stored and it is linked or waits for a save. */
  readonly add: (ids: readonly UploadId[]) => void;
  /** Resolves after the insertion in progress, if there is one. Never rejects. */
  readonly whenIdle: () => Promise<void>;
}

/** Pasted images that go into a text of the form, if the person has chosen so, and their results. */
export interface PastedImages extends ReadonlyStore<readonly PastedResult[]> {
  readonly choice: PasteChoice;
  /** Takes the images among the pasted files, in their order. The other files are only attached. */
  readonly add: (files: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget) => void;
  /** See `PastedInserter`. A link must not begin beside an edit of ours. */
  readonly whenIdle: PastedInserter['whenIdle'];
  readonly dismiss: (results: readonly PastedResult[]) => void;
  /** Receives all events of the form, in order. */
  readonly onFormEvent: (event: FormEvent) => void;
}

/** Dependencies of `createPastedImages`. */
export interface PastedImagesOptions {
  readonly host: Pick<Host, 'readSetting' | 'writeSetting'>;
  /** @throws StaplerError */
  readonly load: (report: (result: PastedResult) => void) => Promise<PastedInserter>;
}

/** Creates the pasted images of a frame. */
export function createPastedImages({ host, load }: PastedImagesOptions): PastedImages {
  const choice = createPasteChoice(host);
  const store = createStateStore<readonly PastedResult[]>([]);
  let loading: Promise<PastedInserter> | undefined;
  let inserter: PastedInserter | undefined;

  const report = (result: PastedResult): void => store.setState((results) => [...results, result]);
  const keep = (isKept: (result: PastedResult) => boolean): void => {
    if (!store.getSnapshot().every(isKept)) store.setState((results) => results.filter(isKept));
  };

  async function insert(files: ReadonlyMap<UploadId, PickedFile>, target: LinkTarget): Promise<void> {
    const images = [...files].filter(([, file]) => isImage(file));
    if (images.length === 0) return;
    await choice.recall();
    if (!choice.getSnapshot()) return;
    try {
      inserter = await (loading ??= load(report));
      inserter.add(images.map(([id]) => id));
    } catch (error) {
      loading = undefined;
      const sentence = describeError(toProblem(error));
      for (const [, { name }] of images) report({ target, name, outcome: 'not-inserted', sentence });
    }
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    choice,
    add: (files, target) => void insert(files, target),
    whenIdle: () => inserter?.whenIdle() ?? Promise.resolve(),
    dismiss: (results) => keep((result) => !results.includes(result)),

    onFormEvent({ type, workItemId }) {
      // The edits are saved, or gone.
      if (type === 'changed' || type === 'loaded') return;
      const target = workItemTarget(workItemId);
      keep((result) => result.outcome !== 'inserted' || !sameTarget(result.target, target));
    },
  };
}

function isImage({ name, source }: PickedFile): boolean {
  return source.type.startsWith('image/') && kindOf(name) === 'image';
}
