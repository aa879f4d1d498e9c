import fc from 'fast-check';
import { readTestResults } from '../../../../../src/gallery/viewers/results/read-test-results';
import { detectFormat } from '../../../../../src/gallery/viewers/results/result-format';
import type { TestResult, TestResults } from '../../../../../src/gallery/viewers/results/test-results';
import { ViewerProblem } from '../../../../../src/gallery/viewers/viewer-problem';
import { SAMPLE_JUNIT, SAMPLE_NUNIT, SAMPLE_TRX, SAMPLE_XUNIT } from '../../../../helpers/sample-results';

const { signal } = new AbortController();

async function read(content: string | Uint8Array): Promise<TestResults> {
  const bytes = new Blob([content as BlobPart]);
  const format = await detectFormat(bytes);
  if (!format) throw new Error('This is no file with test results.');
  return readTestResults({ bytes, format }, { signal });
}

/** `failed Shop.CartTests/Adds`. */
function summaryOf({ outcome, suite, name }: TestResult): string {
  return `${outcome} ${suite}/${name}`;
}

function find({ tests }: TestResults, name: string): TestResult {
  const test = tests.find((one) => one.name === name);
  if (!test) throw new Error(`There is no test ${name}.`);
  return test;
}

describe('readTestResults for TRX', () => {
  it('lists failures first, then other outcomes, then the rest in the order of the file', async () => {
    const { tests, counts, total } = await read(SAMPLE_TRX);
    expect(tests.map(summaryOf)).toEqual([
      'failed Shop.Tests.CartTests/RejectsAnEmptyCart',
      'failed Shop.Tests.DiscountTests/AddsDiscounts (2, 2)',
      'other Shop.Tests.PaymentTests/WaitsForThePayment',
      'passed Shop.Tests.CartTests/AddsAnItem',
      'skipped /PaysByCheck',
      'passed Shop.Tests.DiscountTests/AddsDiscounts (1, 2)',
    ]);
    expect(counts).toEqual({ failed: 2, other: 1, passed: 2, skipped: 1 });
    expect(total).toBe(6);
  });

  it('reads name, start, duration and errors of the run', async () => {
    expect(await read(SAMPLE_TRX)).toMatchObject({
      name: 'build@AGENT-1 2026-03-14 15:09:26',
      startedAt: Date.parse('2026-03-14T15:09:26+01:00'),
      durationMs: 72_000,
      errors: [{ text: 'The active test run was aborted.', missing: 0 }],
    });
  });

  it('reads the texts and files of a failure', async () => {
    expect(find(await read(SAMPLE_TRX), 'RejectsAnEmptyCart')).toMatchObject({
      durationMs: 1250,
      computer: 'AGENT-1',
      message: { text: 'Assert.AreEqual failed. Expected:<0>. Actual:<1>.\nSecond line.' },
      stack: { text: '   at Shop.Tests.CartTests.RejectsAnEmptyCart() in CartTests.cs:line 42' },
      output: { text: 'Opening the cart & counting\n\nA remark' },
      errorOutput: { text: 'No connection' },
      files: ['screenshot.png', 'trace.zip'],
    });
  });

  it('keeps the word of an unusual outcome', async () => {
    expect(find(await read(SAMPLE_TRX), 'WaitsForThePayment')).toMatchObject({
      outcomeWord: 'Timeout',
      durationMs: 600_000,
    });
  });

  it('lists a data-driven test that failed although its rows passed', async () => {
    const result = (name: string, outcome: string, inside = ''): string =>
      `<UnitTestResult testName="${name}" outcome="${outcome}">${inside}</UnitTestResult>`;
    const inner = `<InnerResults>${result('row', 'Passed')}</InnerResults>`;
    const { tests } = await read(`<TestRun>${result('all', 'Failed', inner)}</TestRun>`);
    expect(tests.map(summaryOf)).toEqual(['failed /all', 'passed /row']);
  });

  it('reads a file without its end', async () => {
    const { tests } = await read(SAMPLE_TRX.slice(0, SAMPLE_TRX.indexOf('Second line')));
    expect(tests.map(summaryOf)).toEqual([
      'failed /RejectsAnEmptyCart',
      'passed /Shop.Tests.CartTests.AddsAnItem',
    ]);
  });

  it.each(['utf16le', 'latin1'] as const)('reads a file in %s', async (encoding) => {
    const text = '\ufeff<TestRun><UnitTestResult testName="Grüße" outcome="Passed"/></TestRun>';
    const { tests } = await read(Buffer.from(encoding === 'latin1' ? text.slice(1) : text, encoding));
    expect(tests[0]?.name).toBe('Grüße');
  });
});

describe('readTestResults for JUnit', () => {
  it('lists the tests of nested suites', async () => {
    const { tests, counts } = await read(SAMPLE_JUNIT);
    expect(tests.map(summaryOf)).toEqual([
      'failed shop.cart.CartTest/rejects an empty cart',
      'failed shop.cart/pays',
      'passed shop.cart.CartTest/adds an item',
      'skipped shop/has no class',
      'skipped shop.Old/is ignored',
      'skipped shop.Old/did not run',
      'passed shop.Flaky/is flaky',
      'passed shop.Nameless/',
    ]);
    expect(counts).toEqual({ failed: 2, other: 0, passed: 3, skipped: 3 });
  });

  it('reads times with separators, and none that is no number', async () => {
    const results = await read(SAMPLE_JUNIT);
    expect(results.durationMs).toBe(1_234_500);
    expect(find(results, 'rejects an empty cart').durationMs).toBe(1_000_250);
    expect(find(results, 'is flaky').durationMs).toBe(500);
    expect(find(results, '').durationMs).toBeUndefined();
  });

  it('reads the texts of a failure, its repetitions and a retry', async () => {
    const results = await read(SAMPLE_JUNIT);
    expect(find(results, 'rejects an empty cart')).toMatchObject({
      message: { text: 'expected: 0 but was: 1\n\nexpected: 0 but was: 2' },
      stack: {
        text: 'AssertionError: expected: 0 but was: 1\n\tat CartTest.java:42 <init>\n\nat CartTest.java:43',
      },
      output: { text: 'Opening the cart' },
      errorOutput: { text: 'No connection' },
      isRetried: false,
    });
    expect(find(results, 'pays')).toMatchObject({
      message: { text: 'java.net.ConnectException' },
      stack: { text: 'at Pay.java:7' },
    });
    expect(find(results, 'is flaky')).toMatchObject({
      isRetried: true,
      message: { text: 'sometimes' },
      stack: { text: 'at Flaky.java:1' },
    });
    expect(find(results, 'has no class').message.text).toBe('Not today');
    expect(find(results, 'is ignored').message.text).toBe('Too old');
  });

  it.each([
    ['<testsuite name="a" time="2"/>', 'a', 2000],
    ['<testsuites><testsuite name="a" time="2"/></testsuites>', 'a', 2000],
    ['<testsuites><testsuite name="a" time="2"/><testsuite name="b" time="3"/></testsuites>', '', 5000],
    ['<testsuites name="all"><testsuite name="a"/></testsuites>', 'all', undefined],
    ['<testsuite><testcase time="1"/><testcase time="0.5"/></testsuite>', '', 1500],
    ['<testsuite name="a" time="2"><testsuite name="b" time="1"/></testsuite>', 'a', 2000],
  ])('finds name and duration of the run in %s', async (xml, name, durationMs) => {
    expect(await read(xml)).toMatchObject({ name, durationMs });
  });
});

test('readTestResults reads the results of NUnit 3', async () => {
  const results = await read(SAMPLE_NUNIT);
  expect(results).toMatchObject({
    name: 'Shop.Tests.dll',
    startedAt: Date.parse('2026-03-14T15:09:26Z'),
    durationMs: 1500,
  });
  expect(results.tests.map(summaryOf)).toEqual([
    'failed Shop.Tests.CartTests/RejectsAnEmptyCart',
    'other Shop.Tests.CartTests/MayWork',
    'passed Shop.Tests.CartTests/AddsAnItem',
    'skipped Shop.Tests.CartTests/PaysByCheck',
  ]);
  expect(results.tests[0]).toMatchObject({
    message: { text: 'Expected: 0' },
    stack: { text: 'at CartTests.cs:line 42' },
    output: { text: 'Opening the cart' },
    files: ['screenshot.png'],
  });
  expect(results.tests[1]?.outcomeWord).toBe('Inconclusive');
  expect(find(results, 'PaysByCheck').message.text).toBe('Not supported');
});

test('readTestResults reads the results of xUnit.net', async () => {
  const results = await read(SAMPLE_XUNIT);
  expect(results).toMatchObject({
    startedAt: new Date(2026, 2, 14, 15, 9, 26).getTime(),
    durationMs: 1500,
    errors: [{ text: 'The cleanup failed.' }],
  });
  expect(results.tests.map(summaryOf)).toEqual([
    'failed Shop.Tests.CartTests/Rejects(count: 0)',
    'passed Shop.Tests.CartTests/AddsAnItem',
    'skipped Shop.Tests.CartTests/Pays by check',
  ]);
  expect(results.tests[0]).toMatchObject({
    message: { text: 'Expected: 0' },
    stack: { text: 'at CartTests.cs:line 42' },
    output: { text: 'Opening the cart' },
  });
  expect(results.tests[2]?.message.text).toBe('Not supported');
});

describe('readTestResults for a hostile file', () => {
  it('does not expand the entities of a document type', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => level + 1);
    const entities = levels.map((level) => `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`).join('');
    const { tests } = await read(
      `<!DOCTYPE testsuite [<!ENTITY e0 "lol"><!ENTITY file SYSTEM "file:///etc/passwd">${entities}]>` +
        '<testsuite><testcase name="&e9;"><failure>&e9; &file; &lt;</failure></testcase></testsuite>',
    );
    expect(tests[0]).toMatchObject({ name: '&e9;', stack: { text: '&e9; &file; <' } });
  });

  it('rejects 100,000 nested suites', async () => {
    await expect(read('<testsuite>'.repeat(100_000))).rejects.toMatchObject({ kind: 'too-many-parts' });
  });

  it('counts 1,000,000 tests and keeps the failures', async () => {
    const passed = '<testcase name="a"/>'.repeat(500_000);
    const results = await read(
      `<testsuite>${passed}<testcase name="late"><failure/></testcase>${passed}</testsuite>`,
    );
    expect(results.total).toBe(1_000_001);
    expect(results.counts).toEqual({ failed: 1, other: 0, passed: 1_000_000, skipped: 0 });
    expect(results.tests).toHaveLength(50_000);
    expect(results.tests[0]).toMatchObject({ name: 'late', index: 500_000 });
  });

  it('cuts long texts and names, and counts what is missing', async () => {
    const { tests } = await read(
      `<testsuite><testcase name="${'n'.repeat(5_000)}"><system-out>${'x'.repeat(300_000)}</system-out>` +
        '<system-out>more</system-out></testcase></testsuite>',
    );
    expect(tests[0]?.name).toHaveLength(1_001);
    expect(tests[0]?.output.text).toHaveLength(100_000);
    // With the empty line in between.
    expect(tests[0]?.output.missing).toBe(200_006);
  });

  it('keeps NUL bytes and markup in names as text', async () => {
    const { tests } = await read(
      '<testsuite><testcase name="&lt;img src=x onerror=alert(1)&gt;\0" classname="__proto__"/></testsuite>',
    );
    expect(tests[0]).toMatchObject({ name: '<img src=x onerror=alert(1)>\0', suite: '__proto__' });
  });

  it('throws nothing but a ViewerProblem for any text', async () => {
    const samples = [SAMPLE_TRX, SAMPLE_JUNIT, SAMPLE_NUNIT, SAMPLE_XUNIT];
    const tokens = samples.flatMap(
      (sample) => sample.match(/<\/?[\w-]+|[\w-]+="[^"]*"|[^<>\s]+|>|\/>/g) ?? [],
    );
    const odd = [
      '<',
      '>',
      '&',
      '"',
      '</',
      '<!',
      ']]>',
      '<![CDATA[',
      '<?',
      '<!--',
      '&#0;',
      '&#x110000;',
      '\0',
      '=',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...tokens), fc.constantFrom(...odd)), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('trx' as const, 'junit' as const, 'nunit' as const, 'xunit' as const),
        text,
        async (format, parts) => {
          const bytes = new Blob([parts.join(' ')]);
          await detectFormat(bytes);
          const error: unknown = await readTestResults({ bytes, format }, { signal }).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          expect(error === undefined || error instanceof ViewerProblem).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['<?xml version="1.0"?><!-- <testsuite> --><!DOCTYPE x [<!ENTITY a "b">]><testsuites>', 'junit'],
  ['\ufeff<testsuite>', 'junit'],
  ['<t:TestRun xmlns:t="x"/>', 'trx'],
  ['<test-run>', 'nunit'],
  ['<assemblies>', 'xunit'],
  ['<project><testsuite/></project>', undefined],
  ['<testsuitex>', undefined],
  ['<!-- <testsuite>', undefined],
  ['a < b', undefined],
  ['<constructor>', undefined],
  ['', undefined],
])('detectFormat reads the root element of %j: %s', async (text, format) => {
  expect(await detectFormat(new Blob([text]))).toBe(format);
});

test('detectFormat takes no longer than linear time', async () => {
  const comments = '<!--a-->'.repeat(8_000);
  expect(await detectFormat(new Blob([`${comments}<!--`]))).toBeUndefined();
});
