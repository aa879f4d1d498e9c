import { t } from '../base/i18n/translate';
import type { Phase, Upload, UploadState } from '../upload/upload';
import type { DiagnosticFacts } from '../base/diagnostics';
import { formatBytes, formatNumber } from '../base/format';
import { redact } from '../base/redact';

/** State of a failed upload. */
export type FailedState = Extract<UploadState, { status: 'failed' }>;

/** One detail of a failure. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}

const PHASES: Readonly<Record<Phase, () => string>> = {
  intake: () => t('Adding the file'),
  preparing: () => t('Reading the file'),
  uploading: () => t('Uploading the file'),
  linking: () => t('Attaching the file'),
};

/** Returns the known details of a failure, for support. */
export function factsOf({
  problem,
  phase,
  attempt,
}: Pick<FailedState, 'problem'> & Partial<FailedState>): readonly Fact[] {
  const { kind, serverCode, typeKey, status, range, activityId, serverMessage } = problem;
  const code = [serverCode, typeKey].filter(Boolean).join(' · ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('Error'), kind],
    [t('Code'), code],
    [t('Status'), status === 0 ? t('No response') : status?.toString()],
    [t('Step'), phase && PHASES[phase]()],
    [t('Attempts'), attempt === undefined ? undefined : formatNumber(attempt)],
    [t('Range'), range],
    // Not translated: the name in response headers and server logs.
    ['ActivityId', activityId],
    [t('Response'), serverMessage && redact(serverMessage)],
  ];
  return facts.flatMap(([term, value]) => (value ? [{ term, value }] : []));
}

/** Returns the details for diagnostics: without texts of the server, which may quote names. */
export function diagnosticFactsOf({ problem, phase, attempt }: FailedState): DiagnosticFacts {
  const { kind, serverCode, typeKey, status, range, activityId } = problem;
  return { kind, serverCode, typeKey, status, phase, attempt, range, activityId };
}

/** Formats the details as text for a ticket. `at` is the time of the copy. */
export function describeFacts({ file, target }: Upload, state: FailedState, at: Date): string {
  const facts: readonly Fact[] = [
    { term: t('File'), value: file.name },
    { term: t('Size'), value: describeSize(file.size) },
    { term: t('Work item'), value: target.kind === 'work-item' ? String(target.id) : t('new') },
    { term: t('Copied'), value: at.toISOString() },
    ...factsOf(state),
  ];
  const lines = facts.map(({ term, value }) => t('{term}: {value}', { term, value }));
  return [t("Stapler couldn't attach a file."), ...lines].join('\n');
}

function describeSize(bytes: number): string {
  return t('{size} ({count, plural, one {# byte} other {# bytes}})', {
    size: formatBytes(bytes),
    count: bytes,
  });
}
