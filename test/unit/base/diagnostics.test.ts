import { addDiagnostics, describeDiagnostics, recordStep } from '../../../src/base/diagnostics';

beforeAll(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 1, 3, 14, 5, 12, 7) });
});
afterAll(() => jest.useRealTimers());

describe('describeDiagnostics', () => {
  test('lists known facts before the steps', () => {
    recordStep('upload 1: added');
    expect(describeDiagnostics({ kind: 'network', status: 0, range: undefined, typeKey: '' })).toBe(
      [
        'Stapler diagnostics',
        'kind: network',
        'status: 0',
        'Last steps: 1',
        '2026-02-03T14:05:12.007Z upload 1: added',
      ].join('\n'),
    );
  });

  test('reads added facts at each call', () => {
    let supportsBatch = true;
    addDiagnostics('server', () => ({ supportsBatch }));
    expect(describeDiagnostics({})).toContain('supportsBatch: true');
    supportsBatch = false;
    expect(describeDiagnostics({})).toContain('supportsBatch: false');
  });

  test('keeps the last 20 steps', () => {
    for (let step = 1; step <= 50; step++) recordStep(`upload ${step}: started`);
    const text = describeDiagnostics({});
    expect(text).toContain('Last steps: 20\n');
    expect(text).toContain('upload 31: started');
    expect(text).not.toContain('upload 30: started');
    expect(text.endsWith('upload 50: started')).toBe(true);
  });

  test('removes addresses and tokens, and shortens long values', () => {
    const text = describeDiagnostics({
      browser: 'x'.repeat(1_000),
      serviceVersion: 'https://dev.azure.com/fabrikam Bearer abc.def eyJhbGciOiJIUzI1NiJ9.e30.abc',
    });
    expect(text).not.toMatch(/fabrikam|abc\.def|eyJ/);
    expect(text.split('\n')[1]!.length).toBeLessThan(300);
  });
});
