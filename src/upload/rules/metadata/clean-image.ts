import type { MetadataRule, Ruled } from '../file-rules';
import type { JoinParts } from '../pieces';
import { clean } from './clean';

/**
 * Removes metadata from an image by a rule.
 *
 * @param join See `clean`.
 * @throws The error of the file if it cannot be read.
 */
export async function cleanImage(
  file: Blob,
  rule: Exclude<MetadataRule, 'keep'>,
  join?: JoinParts,
): Promise<Omit<Ruled, 'secrets'>> {
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
