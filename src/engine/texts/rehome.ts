import { rm } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { WorkItem } from '../../azure/work-item';
import { problemByRules } from '../../bulk/plan/item-rules';
import type { PlanItem } from '../../bulk/plan/plan';
import { attachmentIdOf } from '../../azure/work-item';
import { longTextsOf } from '../../azure/rest/long-texts';
import { createMutex } from '../../base/async';
import type { Problem } from '../../base/errors';
import { CancelledError, isCancelled, StaplerError, toProblem } from '../../base/errors';
import { isSignedOut, isUnreachable } from '../../base/problem-traits';
import { retry } from '../../base/retry';
import type { AttachedFile, TextUse } from '../../gallery/model/attached-file';
import { imageUrl } from '../../gallery/model/file-links';
import { createSendFile } from '../../gallery/send-file';
import { createTextReader } from '../../gallery/texts/text-files';
import { nameText } from '../../gallery/texts/text-sentences';
import { readImageSize } from '../../gallery/viewers/image/image-size';
import { openDiskFile } from '../../upload/intake/disk-file';
import { cleanImage } from '../../upload/rules/metadata/clean-image';
import { hasTypeRule } from '../../upload/rules/policy/check-file';
import { readContentType } from '../../upload/rules/policy/content-type';
import type { PolicyRules } from '../../upload/rules/policy/policy';
import { createTextRewriter, MAX_REWRITTEN_LENGTH } from '../../upload/texts/rewrite-texts';
import type { Engine } from '../engine';
import type { ChosenPolicy, PolicyOptions } from '../policy/policies';
import { withRules } from '../policy/policies';
import { createTemporaryFiles } from '../temporary-files';
import type { OtherOrganization } from './other-organization';

/** Work items whose texts show images of another organization. */
export interface RehomeOrder {
  readonly workItemIds: readonly number[];
  readonly from: OtherOrganization;
  /** Whether comments are included. Default: false. */
  readonly withComments?: boolean;
  /** Whether to list the images only. Default: false. */
  readonly isDryRun?: boolean;
  readonly policy?: ChosenPolicy;
}

/** Options of `rehome`. */
export interface RehomeOptions extends PolicyOptions {
  readonly signal?: AbortSignal;
  /** Called with each work item that has images of the other organization, or a problem. */
  readonly onItem?: (item: RehomedItem) => void;
  /** Called with the number of work items that are done. */
  readonly onProgress?: (done: number) => void;
}

/** An image in texts of a work item. */
export interface RehomedImage {
  /** In the other organization. */
  readonly address: string;
  /** `found`: to be copied (`isDryRun`). `no-image`: its bytes are not those of an image. `too-long`: of its text. */
  readonly outcome: 'copied' | 'found' | 'no-image' | 'too-long' | 'failed';
  readonly problem?: Problem;
}

/** Result for one work item. */
export interface RehomedItem {
  readonly workItemId: number;
  /** Empty if unknown. */
  readonly workItemType: string;
  readonly images: readonly RehomedImage[];
  /** Names of the texts that show copies now. */
  readonly texts: readonly string[];
  /** Whether a text has more images than are read at a time. */
  readonly isCut: boolean;
  /** Reason why the work item could not be read or changed. Its texts are as before. */
  readonly problem?: Problem;
}

/** Work items read at a time. */
const MAX_PARALLEL_ITEMS = 4;

/** Images copied at a time. */
const MAX_PARALLEL_IMAGES = 4;

/**
 * Copies images of another organization that texts of work items show, each once for each project, and makes the texts
 * show the copies. A repeated call finds what is left.
 *
 * @returns The work items that have such images, or a problem.
 * @throws StaplerError if the organization cannot be reached, or a required policy cannot be read; CancelledError after
 *   an abort.
 */
export async function rehome(
  engine: Engine,
  order: RehomeOrder,
  { signal = new AbortController().signal, onItem, onProgress, onPolicyProblem }: RehomeOptions = {},
): Promise<readonly RehomedItem[]> {
  const { manyWorkItems, connection, runtime } = engine.services;
  const { workItemIds, withComments = false } = order;
  const readTexts = createTextReader(connection);
  const copier = createCopier(engine, order.from, signal);
  const known = await retry(() => manyWorkItems.readMany(workItemIds), { runtime, signal });
  // Before a byte is read or sent.
  const ruled = await withRules(engine, [...known.values()].map(factsOf), order.policy, { onPolicyProblem });
  const rulesOf = new Map(ruled.map(({ id, rules }) => [id, rules]));
  const inTurn = createMutex();
  const limit = pLimit(MAX_PARALLEL_ITEMS);
  const results: RehomedItem[] = [];
  let done = 0;

  async function rehomeItem(workItem: WorkItem): Promise<RehomedItem | undefined> {
    const { files, cut } = await retry(
      () => readTexts({ workItem, attached: [], additions: undefined }, { withComments, signal }),
      { runtime, signal },
    );
    const images = imagesFrom(files, order.from);
    if (images.length === 0) return undefined;
    const item = { workItemId: workItem.id, workItemType: workItem.type, isCut: cut.length > 0 };
    if (order.isDryRun === true)
      return { ...item, texts: [], images: images.map((image) => rowOf(image, 'found')) };
    const rules = rulesOf.get(workItem.id);
    return { ...item, ...(await inTurn(() => copier.copy(workItem, images, rules))) };
  }

  async function next(id: number): Promise<void> {
    if (signal.aborted) throw new CancelledError();
    const workItem = known.get(id);
    const unknown = {
      workItemId: id,
      workItemType: workItem?.type ?? '',
      images: [],
      texts: [],
      isCut: false,
    };
    const result = workItem
      ? await rehomeItem(workItem).catch((error: unknown) => {
          throwIfAboutAll(error);
          return { ...unknown, problem: toProblem(error) };
        })
      : { ...unknown, problem: { kind: 'work-item-missing' } as const };
    onProgress?.(++done);
    if (!result) return;
    results.push(result);
    onItem?.(result);
  }

  try {
    await Promise.all(workItemIds.map((id) => limit(() => next(id))));
  } finally {
    limit.clearQueue();
    await copier.close();
  }
  return results;
}

function factsOf({ id, type, project }: WorkItem): Pick<PlanItem, 'id' | 'type' | 'project' | 'problem'> {
  return { id, type, project, problem: undefined };
}

/** An image of the other organization, with its uses in texts. */
interface ForeignImage {
  readonly address: string;
  readonly name: string;
  readonly uses: TextUse[];
}

/** Returns the images that texts show from the other organization, by their addresses. */
function imagesFrom(files: readonly AttachedFile[], from: OtherOrganization): readonly ForeignImage[] {
  const images = new Map<string, ForeignImage>();
  for (const { name, inText } of files)
    for (const use of inText?.uses ?? []) {
      const { address, isPicture } = use.file;
      if (!isPicture || !from.has(address)) continue;
      const image = images.get(address) ?? { address, name, uses: [] };
      image.uses.push(use);
      images.set(address, image);
    }
  return [...images.values()];
}

function rowOf({ address }: ForeignImage, outcome: RehomedImage['outcome']): RehomedImage {
  return { address, outcome };
}

/** @throws `error` if it concerns all work items: the other ones would fail as well. */
function throwIfAboutAll(error: unknown): void {
  const problem = toProblem(error);
  if (isCancelled(error) || isUnreachable(problem) || isSignedOut(problem)) throw error;
}

type Copied = Pick<RehomedItem, 'images' | 'texts' | 'problem'>;

/** Copies images of work items, and remembers the copies. */
interface Copier {
  /** @param rules Of the policy; a copy that breaks them is not sent. */
  readonly copy: (
    workItem: WorkItem,
    images: readonly ForeignImage[],
    rules: PolicyRules | undefined,
  ) => Promise<Copied>;
  readonly close: () => Promise<void>;
}

function createCopier(engine: Engine, from: OtherOrganization, signal: AbortSignal): Copier {
  const { services } = engine;
  const rewriter = createTextRewriter({ ...services, texts: longTextsOf(services.connection) });
  const send = createSendFile(services);
  const temporary = createTemporaryFiles();
  const limit = pLimit(MAX_PARALLEL_IMAGES);
  /** Addresses of copies by project and image; `undefined` for a file that is no image. */
  const copies = new Map<string, Promise<string | undefined>>();

  /** @returns The address of the copy; `undefined` if it is no image. @throws StaplerError if it breaks the rules. */
  async function upload(
    { address, name }: ForeignImage,
    workItem: WorkItem,
    rules: PolicyRules | undefined,
  ): Promise<string | undefined> {
    const path = await temporary.nextPath();
    try {
      await from.save(address, path, signal);
      const stored = await openDiskFile(path);
      // A server can answer with its sign-in page.
      if ((await readImageSize(stored)) === undefined) return undefined;
      const source = rules ? await ruledCopy({ name, stored }, workItem, rules) : stored;
      const reference = await send({ name, source }, { signal, onProgress: () => undefined });
      return imageUrl({ reference, name });
    } finally {
      await rm(path, { force: true });
    }
  }

  function uploadOnce(
    workItem: WorkItem,
    image: ForeignImage,
    rules: PolicyRules | undefined,
  ): Promise<string | undefined> {
    const { project, type } = workItem;
    // People of one project may not see the files of another one. Rules can depend on the type.
    const key = JSON.stringify([project, rules && type, attachmentIdOf(image.address) ?? image.address]);
    const copy = copies.get(key) ?? limit(() => upload(image, workItem, rules));
    copies.set(key, copy);
    return copy;
  }

  return {
    async copy(workItem, images, rules) {
      // Tells the place of the uploads.
      await retry(() => services.workItems.read(workItem.id, signal), { runtime: services.runtime, signal });
      const addresses = new Map<string, string>();
      const rows = await Promise.all(
        images.map(async (image): Promise<RehomedImage> => {
          if (!image.uses.some(isInRewritable)) return rowOf(image, 'too-long');
          try {
            const copy = await uploadOnce(workItem, image, rules);
            if (copy === undefined) return rowOf(image, 'no-image');
            addresses.set(image.address, copy);
            return rowOf(image, 'copied');
          } catch (error) {
            if (isCancelled(error)) throw error;
            return { ...rowOf(image, 'failed'), problem: toProblem(error) };
          }
        }),
      );
      if (signal.aborted) throw new CancelledError();
      const copied = images.filter(({ address }) => addresses.has(address));
      const uses = copied.flatMap((image) => image.uses.filter(isInRewritable));
      const withComments = uses.some(({ text }) => text.kind === 'comment');
      if (copied.length > 0)
        await retry(
          () => rewriter.rewrite(workItem.id, ({ address }) => addresses.get(address), withComments),
          { runtime: services.runtime, signal },
        );
      return { images: rows, texts: [...new Set(uses.map(({ text }) => nameText(text)))] };
    },

    close: () => temporary.removeAll(),
  };
}

/**
 * Returns the bytes of a copy as the rules ask for. An image in a text is no attachment of the work item: rules about the
 * number, names and comments of attachments do not apply.
 *
 * @throws StaplerError if the copy breaks a rule.
 */
async function ruledCopy(
  { name, stored }: { readonly name: string; readonly stored: Blob },
  { id, type }: WorkItem,
  { metadata = 'keep', maxBytes, allow, block, message }: PolicyRules,
): Promise<Blob> {
  const source = metadata === 'keep' ? stored : (await cleanImage(stored, metadata)).bytes;
  const rules = { maxBytes, allow, block, message };
  const contentType = hasTypeRule(rules) ? await readContentType(source) : undefined;
  const file = { name, size: source.size, comment: '', contentType };
  const problem = problemByRules(rules, file, { id, type, fileCount: 0 });
  if (!problem) return source;
  const { kind, ...facts } = problem;
  throw new StaplerError(kind, 'The image breaks a rule.', facts);
}

/** Whether the text is short enough to be rewritten. */
function isInRewritable({ source }: TextUse): boolean {
  return source.text.length <= MAX_REWRITTEN_LENGTH;
}
