import { CancelledError, isCancelled } from '../../../base/errors';
import type { Runtime } from '../../../base/runtime';
import type { Ruled, SecretsResult, SecretsRule } from '../file-rules';
import type { JoinParts } from '../pieces';
import { byteText } from '../pieces';
import type { HarSecretKind } from './mask-har';
import { maskHar } from './mask-har';
import type { SecretFinding } from './scan';
import { maskSecrets, scanSecrets } from './scan';

export { isText } from './scan';

/** Longest search in a file, in milliseconds. */
const MAX_SCAN_MS = 30_000;

/** Findings in a result. */
const MAX_FINDINGS = 20;

/** Masked text may reveal more: each round masks what is left. */
const MAX_ROUNDS = 8;

/** Bytes that tell a HAR. */
const SNIFFED_BYTES = 1024;

const HAR_START = /^(?:\u00ef\u00bb\u00bf)?\s{0,100}\{\s{0,100}"log"\s{0,10}:\s{0,100}\{/;

/** Options of `treatSecrets`. */
export interface TreatOptions {
  readonly runtime: Runtime;
  /** Ends the search for secrets. */
  readonly signal: AbortSignal;
  /** Joins the parts of a changed file. Default: as a blob. */
  readonly join?: JoinParts;
  /** Longest search, in milliseconds; may be `Infinity`. Default: 30 seconds. */
  readonly maxScanMs?: number;
  /** See `scanSecrets`. */
  readonly chunkBytes?: number;
}

/**
 * Looks for secrets in a text, and masks them if the rule is `mask`. In a HAR, cookies, credentials and tokens are
 * secrets. A masked file is searched once more: it is refused if a secret is left.
 *
 * @throws CancelledError after an abort.
 * @throws The error of the file if it cannot be read.
 */
export async function treatSecrets(
  file: Blob,
  rule: Exclude<SecretsRule, 'off'>,
  { runtime, signal, join, maxScanMs = MAX_SCAN_MS, chunkBytes }: TreatOptions,
): Promise<Ruled> {
  const clock = limited(runtime, signal, maxScanMs);
  try {
    const found = await find(file, clock.signal, chunkBytes);
    if (found.kind !== 'found') return { bytes: file, ...(found.kind !== 'none' && { secrets: found }) };
    const { findings, count, har } = found;
    const masked =
      rule === 'mask' ? await mask(file, found, { signal: clock.signal, join, chunkBytes }) : undefined;
    if (signal.aborted) throw new CancelledError();
    const passed = masked ? 'masked' : 'refused';
    const secrets: SecretsResult = {
      // Beside a token in a HAR there may be a cookie.
      ...{ kind: 'found', findings: har ? [] : findings.slice(0, MAX_FINDINGS), count },
      ...(har && { counts: har.counts }),
      outcome: rule === 'warn' ? 'warned' : passed,
    };
    return { bytes: masked ?? file, secrets };
  } catch (error) {
    if (!isCancelled(error) || signal.aborted) throw error;
    return { bytes: file, secrets: { kind: 'not-scanned', reason: 'timeout' } };
  } finally {
    clock.stop();
  }
}

/** Returns a signal that ends with another one, or after a time. */
function limited(
  runtime: Runtime,
  signal: AbortSignal,
  limitMs: number,
): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const clearTimer = limitMs === Infinity ? undefined : runtime.setTimer(limitMs, abort);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return {
    signal: controller.signal,
    stop() {
      clearTimer?.();
      signal.removeEventListener('abort', abort);
    },
  };
}

/** Secrets of a file, all of them. */
interface Found {
  readonly kind: 'found';
  readonly findings: readonly SecretFinding[];
  readonly count: number;
  readonly har?: { readonly text: string; readonly counts: Readonly<Record<HarSecretKind, number>> };
}

async function find(
  file: Blob,
  signal: AbortSignal,
  chunkBytes: number | undefined,
): Promise<Found | { readonly kind: 'none' } | Extract<SecretsResult, { kind: 'not-scanned' }>> {
  const scan = await scanSecrets(file, signal, chunkBytes);
  if (scan.kind === 'not-scanned')
    return scan.reason === 'not-text' ? { kind: 'none' } : { kind: 'not-scanned', reason: scan.reason };
  const { findings } = scan;
  const start = byteText(new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer()));
  const har = HAR_START.test(start) ? maskHar(await file.text()) : undefined;
  const replaced = har ? Object.values(har.counts).reduce((sum, number) => sum + number, 0) : 0;
  const count = Math.max(replaced, findings.length);
  return count === 0 ? { kind: 'none' } : { kind: 'found', findings, count, ...(har && { har }) };
}

/** Options to mask a file. */
interface MaskOptions {
  readonly signal: AbortSignal;
  readonly join: JoinParts | undefined;
  readonly chunkBytes: number | undefined;
}

/** Returns the masked file; `undefined` if secrets are left. */
async function mask(
  file: Blob,
  { findings, har }: Found,
  { signal, join, chunkBytes }: MaskOptions,
): Promise<Blob | undefined> {
  try {
    if (!har) return await maskAll(file, findings, { signal, join, chunkBytes });
    // Names of members may be secrets as well.
    const masked = await maskAll(new Blob([har.text], { type: file.type }), [], {
      signal,
      join: undefined,
      chunkBytes,
    });
    return masked && maskHar(await masked.text()) ? masked : undefined;
  } catch (error) {
    // It must not leave as it is, whatever ended the work.
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

async function maskAll(
  file: Blob,
  first: readonly SecretFinding[],
  { signal, join, chunkBytes }: MaskOptions,
): Promise<Blob | undefined> {
  const all = [...first];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (signal.aborted) throw new CancelledError();
    const masked = all.length === 0 ? file : await maskSecrets(file, all, join);
    const scan = await scanSecrets(masked, signal, chunkBytes);
    if (scan.kind !== 'scanned') return undefined;
    if (scan.findings.length === 0) return masked;
    all.push(...scan.findings);
  }
  return undefined;
}
