import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { readComment, writeComment } from '../../upload/intake/folder-mark';
import { findVolumeSets } from '../../upload/volumes/volume-sets';
import { brokenVolumes, splitIncomplete } from '../model/split-files';
import type { ExportPart, ExportSource } from './find-sources';

/** Files of a work item, with the split ones joined. */
export interface JoinedSources {
  readonly sources: readonly ExportSource[];
  /** Split files that can't be joined. Their parts are files of their own. */
  readonly incomplete: readonly { readonly name: string; readonly problem: Problem }[];
}

/** Joins the chosen attachments of a work item that make up split files, each at the place of its first one. */
export function joinSources(sources: readonly ExportSource[]): JoinedSources {
  const candidates = sources.flatMap((source): (ExportPart & { readonly source: ExportSource })[] =>
    source.source === 'attachment' && source.bytes.kind === 'attachment'
      ? [{ ...source, ...readComment(source.comment), reference: source.bytes.reference, source }]
      : [],
  );
  const wholeOf = new Map<ExportSource, ExportSource>();
  const incomplete: JoinedSources['incomplete'][number][] = [];
  for (const set of findVolumeSets(candidates).sets) {
    const { name, facts } = set;
    const broken = brokenVolumes(set);
    if (broken.length > 0) {
      incomplete.push({ name, problem: toProblem(splitIncomplete(set, broken)) });
      continue;
    }
    const parts = set.volumes.flatMap((volume) => volume?.file.source ?? []);
    const [first] = parts;
    if (!first) continue;
    const { folder } = readComment(first.comment);
    const whole: ExportSource = {
      ...first,
      ...{ name, size: facts.totalBytes, comment: writeComment({ comment: set.comment, folder }) },
      bytes: { kind: 'split', volumes: set },
    };
    for (const part of parts) wholeOf.set(part, whole);
  }
  return { sources: [...new Set(sources.map((source) => wholeOf.get(source) ?? source))], incomplete };
}
