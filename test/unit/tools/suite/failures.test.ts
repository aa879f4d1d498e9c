import { describeFailures, jestFailures, storyFailures } from '../../../../tools/failures.mjs';

test('A failed test is listed with its message, and a passed one is not', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        message: 'all of the output',
        assertionResults: [
          { status: 'passed', fullName: 'One passes', failureMessages: [] },
          { status: 'failed', fullName: 'One fails', failureMessages: ['Expected 1'] },
        ],
      },
    ],
  };
  expect(jestFailures(report)).toEqual([{ title: 'One fails', message: 'Expected 1' }]);
});

test('A test file that can’t be loaded is listed', () => {
  const report = {
    testResults: [{ name: 'a.test.ts', message: 'SyntaxError', assertionResults: [] }],
  };
  expect(jestFailures(report)).toEqual([{ title: 'a.test.ts', message: 'SyntaxError' }]);
});

test('A failed story is listed with its project and place, also in a group', () => {
  const results = [{ errors: [{ message: 'first' }] }, { errors: [{ message: 'last' }] }];
  const spec = {
    ...{ ok: false, file: 'a.spec.ts', line: 7, title: 'A file arrives' },
    tests: [
      { status: 'unexpected', projectName: 'services', results },
      { status: 'expected', projectName: 'server', results: [] },
    ],
  };
  const report = { suites: [{ suites: [{ specs: [spec, { ...spec, ok: true }] }] }] };
  expect(storyFailures(report)).toEqual([
    { title: '[services] a.spec.ts:7 A file arrives', message: 'last' },
  ]);
});

test('Reports that are missing have no failures', () => {
  expect([...jestFailures(undefined), ...storyFailures(undefined)]).toEqual([]);
});

test('Long messages are cut, their colors removed, and further failures counted', () => {
  const message = Array.from({ length: 30 }, (_, index) => `\u001b[31mline ${index + 1}\u001b[39m`).join(
    '\n',
  );
  const text = describeFailures(
    Array.from({ length: 12 }, (_, index) => ({ title: `Test ${index}`, message })),
  );
  expect(text).toContain('✗ Test 0\n    line 1\n');
  expect(text).toContain('    line 12\n');
  expect(text).not.toContain('line 13');
  expect(text).toMatch(/… and 2 more$/);
});
