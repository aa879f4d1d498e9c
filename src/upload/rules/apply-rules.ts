import type { FileRules, Ruled } from './file-rules';
import { cleanImage } from './metadata/clean-image';
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
  return rules.metadata === 'keep' ? { bytes: file } : cleanImage(file, rules.metadata, options.join);
}
