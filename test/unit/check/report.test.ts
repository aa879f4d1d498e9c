import { describeCheck } from '../../../src/check/check-report';
import { describeRow } from '../../../src/check/check-sentences';
import type { CheckState } from '../../../src/check/check-state';
import { pageQuestions } from '../../../src/check/questions';

type Done = Extract<CheckState, { step: 'done' }>;

const PLANTED = {
  title: 'Login page loses the typed name',
  person: 'Jamal Hartnett <jamal@fabrikam.com>',
  file: 'linked-again.txt',
  address: 'https://dev.azure.com/fabrikam/_apis/wit/attachments/8c6a1de1-0b8e-4b8a-9d55-1f6d3d1d0001',
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJuYW1laWQiOiJ4In0.c2lnbmF0dXJl',
  attachmentId: '8c6a1de1-0b8e-4b8a-9d55-1f6d3d1d0001',
  workItemId: '48151623',
};

const everything = Object.values(PLANTED).join(' ');

const DONE: Done = {
  step: 'done',
  rows: [
    { id: 'batch', answer: 'hidden', seen: everything, steps: 'POST 201, PATCH 0' },
    { id: 'odd-names', answer: null, seen: everything, steps: 'POST 400 VS403313' },
    { id: 'window', answer: null, seen: 'not asked', steps: '' },
  ],
  isCanceled: true,
  cleanUp: {
    workItemId: Number(PLANTED.workItemId),
    leftWorkItemId: Number(PLANTED.workItemId),
    removed: 3,
    left: [PLANTED.file],
    problem: { kind: 'network', serverMessage: everything },
  },
  kept: { workItemId: Number(PLANTED.workItemId), attachmentId: PLANTED.attachmentId, keptAt: 0 },
  problem: { kind: 'refused', serverMessage: everything },
};

describe('describeCheck', () => {
  test('lists answers, statuses and codes', () => {
    const report = describeCheck(DONE);
    expect(report).toContain('batch: hidden (POST 201, PATCH 0)');
    expect(report).toContain('odd-names: no answer (POST 400 VS403313)');
    expect(report).toContain('window: not asked');
    expect(report).toContain('clean-up: 3 removed, 1 left');
    expect(report).toContain('clean-up problem: network');
  });

  test.each(Object.entries(PLANTED))('contains no %s', (_, text) => {
    expect(describeCheck(DONE)).not.toContain(text);
  });
});

describe('describeRow', () => {
  test.each(pageQuestions.map(({ id }) => id))('has texts for %s, whatever the answer', (id) => {
    for (const answer of ['yes', 'another', null]) {
      const { question, seen, conduct } = describeRow({ id, answer, seen: '', steps: 'PATCH 400' });
      expect([question, seen, conduct].every((text) => text.length > 1)).toBe(true);
    }
  });

  test('shows the size limit, and questions that were not asked', () => {
    expect(
      describeRow({ id: 'size-limit', answer: '60 MB', seen: '', steps: 'PUT 400 TF237082' }),
    ).toMatchObject({
      seen: '60 MB',
      conduct: 'Shows the limit when a file is too large.',
    });
    expect(describeRow({ id: 'window', answer: null, seen: 'not asked', steps: '' })).toMatchObject({
      seen: 'Skipped (not selected)',
    });
  });

  test('has another sentence for the other answer if Stapler acts differently', () => {
    const row = (answer: string) =>
      describeRow({ id: 'batch', answer, seen: '', steps: 'POST 201, PATCH 403' });
    expect(row('taken')).toMatchObject({ seen: 'Yes', conduct: 'Changes up to 50 work items at once.' });
    expect(row('refused')).toMatchObject({
      seen: 'No (PATCH 403)',
      conduct: 'Changes work items one by one.',
    });
  });
});
