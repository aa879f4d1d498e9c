import { listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { joinSentences } from '../../upload/messages/problems';
import { foreignVolumes, missingVolumes } from '../../upload/volumes/volume-sets';
import type { AttachedFile } from '../model/attached-file';

/** Facts about the parts of a split file. */
export interface PartFacts {
  /** `12 parts`, and a sentence about the missing and foreign ones. */
  readonly text: string;
  readonly isIncomplete: boolean;
}

/** Describes the parts of a file. Returns `undefined` if it is not split. */
export function describeParts({ volumes }: AttachedFile): PartFacts | undefined {
  if (!volumes) return undefined;
  const missing = missingVolumes(volumes);
  const foreign = foreignVolumes(volumes);
  const count = t('{count, plural, one {# part} other {# parts}}', { count: volumes.facts.count });
  if (missing.length + foreign.length === 0) return { text: count, isIncomplete: false };
  const sentences = joinSentences(
    missing.length > 0 &&
      t('{count, plural, one {Part {parts} is missing.} other {Parts {parts} are missing.}}', {
        count: missing.length,
        parts: listOf(missing.map(String)),
      }),
    foreign.length > 0 &&
      t(
        '{count, plural, one {Part {parts} belongs to another file.} other {Parts {parts} belong to another file.}}',
        { count: foreign.length, parts: listOf(foreign.map(String)) },
      ),
  );
  return { text: `${count} · ${sentences}`, isIncomplete: true };
}
