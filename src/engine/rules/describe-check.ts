import { formatBytes } from '../../base/format';
import type { RemovedMetadata } from '../../upload/rules/metadata/cleaned';
import { FORMAT_NAMES } from '../../upload/rules/metadata/cleaned';
import type { MetadataResult, SecretsResult } from '../../upload/rules/file-rules';
import type { HarSecretKind } from '../../upload/rules/secrets/mask-har';
import { count, plain } from '../sentences';
import type { FileCheck } from './check-files';

/** Line about the check of a file. */
export interface CheckLine {
  readonly text: string;
  /** Whether it needs attention. */
  readonly isWarning: boolean;
  /** Whether it belongs to the line before. */
  readonly isDetail?: true;
}

/**
 * Describes what the rules did with a file, in lines. A refused file has none: its problem is described elsewhere.
 *
 * @param name Name of the file, fit for a terminal.
 */
export function describeCheck({ metadata, secrets }: FileCheck, name: string): readonly CheckLine[] {
  return [
    ...(metadata ? [describeMetadata(metadata, name)] : []),
    ...(secrets ? describeSecrets(secrets, name) : []),
  ];
}

function describeMetadata(result: MetadataResult, name: string): CheckLine {
  if (result.kind === 'removed')
    return { text: `${name}: ${describeRemoved(result.removed)} removed`, isWarning: false };
  return result.reason === 'format'
    ? { text: `${name}: metadata kept, as in all ${FORMAT_NAMES[result.format]} files`, isWarning: false }
    : { text: `${name}: metadata kept, because a part of the image can't be read`, isWarning: true };
}

/** `location, thumbnail and 12 KB behind the image`. */
function describeRemoved({ location, thumbnail, trailingBytes, other }: RemovedMetadata): string {
  const parts = [
    location && 'location',
    thumbnail && 'thumbnail',
    other && 'other metadata',
    trailingBytes > 0 && `${formatBytes(trailingBytes)} behind the image`,
  ].filter((part) => part !== false);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const OUTCOMES = {
  warned: 'They stay in the attachment.',
  masked: 'They are masked in the attachment.',
  refused: 'It is not attached.',
} as const satisfies Record<Extract<SecretsResult, { kind: 'found' }>['outcome'], string>;

const DETAIL = { isWarning: true, isDetail: true } as const;

function describeSecrets(result: SecretsResult, name: string): readonly CheckLine[] {
  if (result.kind === 'not-scanned') {
    const reason = result.reason === 'too-large' ? 'it is too large' : 'it took too long';
    return [{ text: `${name}: not searched for secrets, because ${reason}`, isWarning: true }];
  }
  const { findings, count: total, counts, outcome } = result;
  const kinds = counts ? ` (${describeCounts(counts)})` : '';
  const more = total - findings.length;
  return [
    { text: `${name}: ${count(total, 'secret')}${kinds}. ${OUTCOMES[outcome]}`, isWarning: true },
    ...findings.map(({ line, rule, excerpt }) => ({
      text: `  line ${line}, ${rule}: ${plain(excerpt)}`,
      ...DETAIL,
    })),
    ...(findings.length > 0 && more > 0
      ? [{ text: `  and ${more.toLocaleString('en')} more`, ...DETAIL }]
      : []),
  ];
}

const KINDS: Readonly<Record<HarSecretKind, string>> = {
  cookie: 'cookie',
  header: 'header',
  parameter: 'parameter',
  body: 'value in a body',
  found: 'other text',
};

/** `3 cookies, 1 header`. */
function describeCounts(counts: Readonly<Record<HarSecretKind, number>>): string {
  const many = (kind: HarSecretKind): string => (kind === 'body' ? 'values in bodies' : `${KINDS[kind]}s`);
  return (Object.keys(KINDS) as HarSecretKind[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => count(counts[kind], KINDS[kind], many(kind)))
    .join(', ');
}
