import type { CorpusFile } from './corpus-file';
import { data } from './data';
import { documents } from './documents';
import { evidence } from './evidence';
import { pictures } from './pictures';
import { texts } from './texts';

/**
 * Files of every kind that teams attach, good and damaged, written or generated for this purpose, each with its expected
 * outcome: shown, or a stated reason. Names are unique.
 */
export function corpus(): readonly CorpusFile[] {
  return [...texts(), ...pictures(), ...data(), ...documents(), ...evidence()];
}
