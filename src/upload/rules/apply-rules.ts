import type { FileRules, Ruled } from './file-rules';
import { clean } from './metadata/clean';
import { SNIFFED_BYTES, sniffFormat } from './metadata/sniff-format';
import type { TreatOptions } from './secrets/treat-secrets';
import { treatSecrets } from './secrets/treat-secrets';

/**
 * Cleans an image, or looks for secrets in a text. The content decides, not the name. The same bytes and rules give the
 * same result, unless the search for secrets takes too long.
 *
 * @throws CancelledError after an abort.
 * @throws The error of the file if it cannot be read.
 */
export async function applyRules(file: Blob, rules: FileRules, options: TreatOptions): Promise<Ruled> {
  const start = await file.slice(0, SNIFFED_BYTES).arrayBuffer();
  if (!sniffFormat(new Uint8Array(start)))
    return rules.secrets === 'off' ? { bytes: file } : treatSecrets(file, rules.secrets, options);
  return rules.metadata === 'keep' ? { bytes: file } : cleanImage(file, rules.metadata, options);
}

async function cleanImage(
  file: Blob,
  rule: Exclude<FileRules['metadata'], 'keep'>,
  { join }: TreatOptions,
): Promise<Ruled> {
  const cleaned = await clean(file, rule === 'all' ? 'everything' : 'location', join);
  const { bytes } = cleaned;
  switch (cleaned.kind) {
    case 'cleaned': {
      const { format, removed } = cleaned;
      return { bytes, metadata: { kind: 'removed', format, removed } };
    }
    case 'not-cleaned': {
      const { format, reason } = cleaned;
      return { bytes, metadata: { kind: 'kept', format, reason } };
    }
    case 'clean':
    case 'unknown':
      return { bytes };
  }
}
