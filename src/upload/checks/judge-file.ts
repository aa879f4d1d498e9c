import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import type { Runtime } from '../../base/runtime';
import type { FileRules, Ruled, SecretsResult, SecretsRule } from '../rules/file-rules';
import { cleanImage } from '../rules/metadata/clean-image';
import type { PictureFormat } from '../rules/metadata/cleaned';
import { SNIFFED_BYTES, sniffFormat } from '../rules/metadata/sniff-format';
import type { PickedFile } from '../upload';
import type { CheckFact, HeldReason, Treatment } from './checks-state';

/** Searches a text for secrets, away from the page. @throws CancelledError after an abort. */
export type TreatText = (
  text: Blob,
  rule: Exclude<SecretsRule, 'off'>,
  signal: AbortSignal,
) => Promise<Ruled>;

/** Result of the check of a file. */
export type Verdict =
  /** `original`: the file before a change that can be undone. */
  | {
      readonly kind: 'pass';
      readonly file: PickedFile;
      readonly facts?: readonly CheckFact[];
      readonly original?: PickedFile;
    }
  /** `file`: after a change. Default: as it was picked. `answer`: the decision of the policy, which needs no question. */
  | {
      readonly kind: 'hold';
      readonly reason: HeldReason;
      readonly file?: PickedFile;
      readonly answer?: Treatment | undefined;
    }
  | { readonly kind: 'refuse'; readonly problem: Problem };

/** Dependencies of `judgeFile`. */
export interface JudgeOptions {
  /** Loads the search for secrets in a worker. Default: on the page. */
  readonly loadTreatText?: (() => Promise<TreatText>) | undefined;
  readonly runtime: Runtime;
}

/** Smaller texts are searched on the page, in bytes: a worker takes longer to start. */
const MIN_WORKER_BYTES = 64 * 1024;

/** Images with metadata that stays. Other files are no images. */
const IMAGES: ReadonlySet<PictureFormat> = new Set([
  ...['jpeg', 'png', 'webp', 'gif', 'heic', 'avif', 'jpeg-xl', 'tiff'],
] as PictureFormat[]);

const loadSecrets = () => import(/* webpackChunkName: "secrets" */ '../rules/secrets/treat-secrets');

/**
 * Cleans an image, or searches a text for secrets. The content decides, not the name. Never rejects.
 *
 * @param signal Skips the search for secrets.
 */
export async function judgeFile(
  file: PickedFile,
  rules: FileRules,
  signal: AbortSignal,
  options: JudgeOptions,
): Promise<Verdict> {
  let isImage = false;
  try {
    const start = new Uint8Array(await file.source.slice(0, SNIFFED_BYTES).arrayBuffer());
    isImage = sniffFormat(start) !== undefined;
    if (isImage) return rules.metadata === 'keep' ? pass(file) : await judgeImage(file, rules.metadata);
    return rules.secrets === 'off' ? pass(file) : await judgeText(file, rules.secrets, signal, options);
  } catch (error) {
    if (isCancelled(error)) return passWith(file, { kind: 'not-searched', isTooLarge: false });
    if (error instanceof DOMException) return { kind: 'refuse', problem: { kind: 'file-unreadable' } };
    const problem: Problem = isImage ? { kind: 'not-cleaned' } : toProblem(error);
    return { kind: 'hold', reason: { kind: 'unchecked', problem } };
  }
}

async function judgeImage(file: PickedFile, rule: Exclude<FileRules['metadata'], 'keep'>): Promise<Verdict> {
  const { bytes, metadata } = await cleanImage(file.source, rule);
  if (metadata?.kind === 'removed') return { ...passWith(withBytes(file, bytes), metadata), original: file };
  return metadata && IMAGES.has(metadata.format) ? passWith(file, metadata) : pass(file);
}

async function judgeText(
  file: PickedFile,
  rule: Exclude<SecretsRule, 'off'>,
  signal: AbortSignal,
  options: JudgeOptions,
): Promise<Verdict> {
  const { bytes, secrets } = await treatText(file.source, rule, signal, options);
  if (!secrets) return pass(file);
  if (secrets.kind === 'not-scanned')
    return passWith(file, { kind: 'not-searched', isTooLarge: secrets.reason === 'too-large' });
  switch (secrets.outcome) {
    case 'warned':
      return { kind: 'hold', reason: { kind: 'secrets', found: secrets, isMaskable: true } };
    case 'masked':
      return passMasked(file, bytes, secrets);
    case 'refused':
      return { kind: 'refuse', problem: { kind: 'has-secrets' } };
  }
}

/** Masks the secrets of a file. Never rejects. */
export async function maskFile(file: PickedFile, options: JudgeOptions): Promise<Verdict> {
  try {
    const { signal } = new AbortController();
    const { bytes, secrets } = await treatText(file.source, 'mask', signal, options);
    if (secrets?.kind === 'found' && secrets.outcome === 'masked') return passMasked(file, bytes, secrets);
    if (secrets?.kind === 'found')
      return { kind: 'hold', reason: { kind: 'secrets', found: secrets, isMaskable: false } };
    return { kind: 'hold', reason: { kind: 'unchecked', problem: { kind: 'has-secrets' } } };
  } catch (error) {
    if (error instanceof DOMException) return { kind: 'refuse', problem: { kind: 'file-unreadable' } };
    return { kind: 'hold', reason: { kind: 'unchecked', problem: toProblem(error) } };
  }
}

async function treatText(
  text: Blob,
  rule: Exclude<SecretsRule, 'off'>,
  signal: AbortSignal,
  { loadTreatText, runtime }: JudgeOptions,
): Promise<Ruled> {
  const { treatSecrets, isText } = await loadModule(loadSecrets);
  if (!loadTreatText || text.size < MIN_WORKER_BYTES) return treatSecrets(text, rule, { runtime, signal });
  // A worker is not started for other files.
  if (!(await isText(text))) return { bytes: text };
  return (await loadTreatText())(text, rule, signal);
}

function pass(file: PickedFile): Verdict & { readonly kind: 'pass' } {
  return { kind: 'pass', file };
}

function passWith(file: PickedFile, fact: CheckFact): Verdict & { readonly kind: 'pass' } {
  return { kind: 'pass', file, facts: [fact] };
}

function passMasked(
  file: PickedFile,
  bytes: Blob,
  { count }: Extract<SecretsResult, { kind: 'found' }>,
): Verdict {
  return passWith(withBytes(file, bytes), { kind: 'masked', count });
}

/** Returns the picked file with other bytes. They keep the name and the date of the file on disk. */
export function withBytes(file: PickedFile, bytes: Blob): PickedFile {
  const { source } = file;
  const { type } = source;
  const changed =
    source instanceof File
      ? new File([bytes], source.name, { type, lastModified: source.lastModified })
      : bytes;
  return { ...file, size: bytes.size, source: changed };
}
