import type { Problem } from '../../../src/base/errors';
import type { FailedState } from '../../../src/ui/problem-facts';
import { describeFacts, diagnosticFactsOf, factsOf } from '../../../src/ui/problem-facts';
import { DRAFT, uploadIn } from '../../helpers/uploads';

function failed(problem: Problem, facts: Partial<FailedState> = {}): FailedState {
  return { status: 'failed', attempt: 1, phase: 'uploading', problem, retryable: true, ...facts };
}

const FULL = failed(
  {
    kind: 'refused',
    status: 400,
    serverCode: 'TF401349',
    typeKey: 'VssServiceException',
    activityId: '8f0a3a26-5f6f-4c9d-9f4e-1f2f3a4b5c6d',
    serverMessage: 'TF401349: No. See https://dev.azure.com/x?token=abc, Bearer abc.',
    range: 'bytes 0-8388607/104857600',
  },
  { attempt: 3 },
);

test('factsOf returns every known detail', () => {
  expect(factsOf(FULL)).toEqual([
    { term: 'Error', value: 'refused' },
    { term: 'Code', value: 'TF401349 · VssServiceException' },
    { term: 'Status', value: '400' },
    { term: 'Step', value: 'Uploading the file' },
    { term: 'Attempts', value: '3' },
    { term: 'Range', value: 'bytes 0-8388607/104857600' },
    { term: 'ActivityId', value: '8f0a3a26-5f6f-4c9d-9f4e-1f2f3a4b5c6d' },
    { term: 'Response', value: 'TF401349: No. See [address], Bearer [removed]' },
  ]);
});

test('factsOf omits unknown details', () => {
  expect(factsOf(failed({ kind: 'timeout' }, { phase: 'linking' }))).toEqual([
    { term: 'Error', value: 'timeout' },
    { term: 'Step', value: 'Attaching the file' },
    { term: 'Attempts', value: '1' },
  ]);
});

test('factsOf explains status 0', () => {
  expect(factsOf(failed({ kind: 'network', status: 0 }))).toContainEqual({
    term: 'Status',
    value: 'No response',
  });
});

test('diagnosticFactsOf omits texts of the server, which may quote names', () => {
  expect(diagnosticFactsOf(FULL)).toEqual({
    kind: 'refused',
    serverCode: 'TF401349',
    typeKey: 'VssServiceException',
    status: 400,
    phase: 'uploading',
    attempt: 3,
    range: 'bytes 0-8388607/104857600',
    activityId: '8f0a3a26-5f6f-4c9d-9f4e-1f2f3a4b5c6d',
  });
});

test('describeFacts adds the file and the time', () => {
  const upload = uploadIn(FULL, { file: { name: 'big.bin', size: 104_857_600, folder: '' } });
  expect(describeFacts(upload, FULL, new Date(Date.UTC(2026, 1, 3, 14, 5, 12)))).toBe(
    [
      "Stapler couldn't attach a file.",
      'File: big.bin',
      'Size: 105 MB (104,857,600 bytes)',
      'Work item: 7',
      'Copied: 2026-02-03T14:05:12.000Z',
      'Error: refused',
      'Code: TF401349 · VssServiceException',
      'Status: 400',
      'Step: Uploading the file',
      'Attempts: 3',
      'Range: bytes 0-8388607/104857600',
      'ActivityId: 8f0a3a26-5f6f-4c9d-9f4e-1f2f3a4b5c6d',
      'Response: TF401349: No. See [address], Bearer [removed]',
    ].join('\n'),
  );
});

test('describeFacts shows no id for a new work item', () => {
  const state = failed({ kind: 'network' });
  expect(describeFacts(uploadIn(state, { target: DRAFT }), state, new Date(0))).toContain('Work item: new\n');
});
