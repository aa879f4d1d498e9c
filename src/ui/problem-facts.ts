import type { Phase, Upload, UploadState } from '../model/upload';
import { formatBytes } from './format';
import { redact } from './redact';

/** An upload that failed. */
export type FailedState = Extract<UploadState, { status: 'failed' }>;

/** One line of what is known about a failure. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}

const PHASES: Readonly<Record<Phase, string>> = {
  intake: 'taking the file in',
  preparing: 'reading the file',
  uploading: 'sending the bytes',
  linking: 'attaching it to the work item',
};

/** What is known about a failure, for whoever looks into it; nothing that is not known. */
export function factsOf({ problem, phase, attempt }: FailedState): readonly Fact[] {
  const { kind, serverCode, typeKey, status, range, activityId, serverMessage } = problem;
  const code = [serverCode, typeKey].filter(Boolean).join(' · ');
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['What', kind],
    ['Code', code],
    ['Status', status === 0 ? '0, no answer that could be read' : status?.toString()],
    ['Phase', PHASES[phase]],
    ['Attempts', String(attempt)],
    ['Range', range],
    ['ActivityId', activityId],
    ['Answer', serverMessage && redact(serverMessage)],
  ];
  return facts.flatMap(([term, value]) => (value ? [{ term, value }] : []));
}

/** The facts as text for a ticket. `at` is the time of the copy. */
export function describeFacts({ file, target }: Upload, state: FailedState, at: Date): string {
  const facts: readonly Fact[] = [
    { term: 'File', value: file.name },
    { term: 'Size', value: `${formatBytes(file.size)} (${file.size} bytes)` },
    { term: 'Work item', value: target.kind === 'work-item' ? String(target.id) : 'new' },
    { term: 'Copied', value: at.toISOString() },
    ...factsOf(state),
  ];
  return ['Stapler could not attach a file.', ...facts.map(({ term, value }) => `${term}: ${value}`)].join(
    '\n',
  );
}
