import fc from 'fast-check';
import type { FailedTest } from '../../../../src/engine/tests/failed-test';
import { TestReportError } from '../../../../src/engine/tests/failed-test';
import { readFailedTests } from '../../../../src/engine/tests/read-failed-tests';
import { SAMPLE_JUNIT, SAMPLE_NUNIT, SAMPLE_TRX, SAMPLE_XUNIT } from '../../../helpers/sample-results';

const ORGANIZATION = 'https://dev.azure.com/fabrikam/';

async function read(report: string | object): Promise<readonly FailedTest[]> {
  const text = typeof report === 'string' ? report : JSON.stringify(report);
  return readFailedTests(new Blob([text]), { organization: ORGANIZATION });
}

function shortOf({ name, suite, files, workItemIds }: FailedTest): string {
  return `${suite}/${name}: ${files.map(({ path }) => path).join(', ')} → ${workItemIds.join(',')}`;
}

describe('readFailedTests', () => {
  test('reads the failed tests of all formats', async () => {
    const names = async (report: string) => (await read(report)).map(({ name }) => name);
    expect(await names(SAMPLE_JUNIT)).toEqual(['rejects an empty cart', 'pays']);
    expect(await names(SAMPLE_TRX)).toEqual([
      'RejectsAnEmptyCart',
      'WaitsForThePayment',
      'AddsDiscounts (2, 2)',
    ]);
    expect((await names(SAMPLE_NUNIT)).length).toBeGreaterThan(0);
    expect((await names(SAMPLE_XUNIT)).length).toBeGreaterThan(0);
  });

  test('finds marks and properties of JUnit in tests, not in suites', async () => {
    const tests = await read(`<testsuite name="s">
      <properties><property name="workitem" value="1"/></properties>
      <system-out>[[ATTACHMENT|suite.png]]</system-out>
      <testcase name="a" classname="c"><properties>
        <property name="work_item" value="AB#12, ${ORGANIZATION}Shop/_workitems/edit/13"/>
        <property name="issue" value="https://github.com/a/b/issues/14"/>
        <property name="attachment" value="shots/p.png"/>
        <property name="workitem">15</property></properties>
        <failure/><system-out><![CDATA[x [[ATTACHMENT|a b.png]] [[ATTACHMENT|]] [[ATTACHMENT|c.zip]]]]></system-out>
        <system-err>[[ATTACHMENT|a b.png]]</system-err></testcase>
      <testcase name="b #2" classname="c #3"><error/></testcase>
      <testcase name="c" classname="d #3"><error/></testcase>
      <testcase name="d" classname="e"><failure/></testcase></testsuite>`);
    expect(tests.map(shortOf)).toEqual([
      'c/a: shots/p.png, a b.png, c.zip → 12,13,15',
      'c #3/b #2:  → 2',
      'd #3/c:  → 3',
      'e/d:  → ',
    ]);
  });

  test('finds a mark behind any length of output, and across the parts of the parser', async () => {
    for (let length = 65_400; length < 65_540; length += 7) {
      const output = `${'x'.repeat(length)} [[ATTACHMENT|a.png]]${'y'.repeat(200_000)}[[ATTACHMENT|b.png]]`;
      const [test] = await read(
        `<testsuite><testcase name="a"><failure/><system-out>${output}</system-out></testcase></testsuite>`,
      );
      expect(test?.files.map(({ path }) => path)).toEqual(['a.png', 'b.png']);
    }
  });

  test('finds files, folders and work items of a TRX by its definitions', async () => {
    const [first, second] = await read(`<TestRun>
      <TestSettings><Deployment runDeploymentRoot="me_PC 2026"/></TestSettings>
      <Results><UnitTestResult testId="t1" testName="A" outcome="Failed" relativeResultsDirectory="e1">
        <ResultFiles><ResultFile path="PC\\a.png"/></ResultFiles></UnitTestResult>
        <UnitTestResult testId="t2" testName="B #9" outcome="Failed"/></Results>
      <TestDefinitions><UnitTest id="t1"><Workitems><Workitem>31</Workitem></Workitems>
        <TestCategory><TestCategoryItem TestCategory="AB#32"/><TestCategoryItem TestCategory="2026"/></TestCategory>
        <Properties><Property><Key>WorkItem</Key><Value>33</Value></Property></Properties></UnitTest></TestDefinitions>
    </TestRun>`);
    expect(first).toEqual({
      ...{ name: 'A', suite: '', workItemIds: [31, 32, 33] },
      files: [{ path: 'PC\\a.png', folders: ['me_PC 2026/In/e1', 'me_PC 2026/In', 'me_PC 2026'] }],
    });
    expect(second?.workItemIds).toEqual([9]);
  });

  test('finds files, properties, categories and traits of NUnit and xUnit.net', async () => {
    const [nunit] = await read(`<test-run><test-case name="A" classname="C" result="Failed">
      <properties><property name="WorkItem" value="12"/><property name="Category" value="AB#13"/>
        <property name="Category" value="Slow"/></properties>
      <attachments><attachment><filePath>C:\\w\\shot.png</filePath></attachment></attachments>
      <output>[[ATTACHMENT|a.log]]</output></test-case></test-run>`);
    expect(shortOf(nunit!)).toBe('C/A: C:\\w\\shot.png, a.log → 12,13');
    const [xunit] = await read(`<assemblies><assembly><collection><test name="C.A" type="C" result="Fail">
      <traits><trait name="WorkItem" value="14"/><trait name="Category" value="#15"/></traits>
      <output><![CDATA[[[ATTACHMENT|b.log]]]]></output></test></collection></assembly></assemblies>`);
    expect(shortOf(xunit!)).toBe('C/A: b.log → 14,15');
  });

  test('finds attachments, tags and annotations of Playwright', async () => {
    const result = {
      status: 'failed',
      attachments: [
        { name: 'shot', path: '/w/s.png' },
        { name: 'inline', body: 'eA==' },
      ],
    };
    const test = (status: string, annotations: readonly object[] = []) => ({
      status,
      annotations,
      results: [result, result],
    });
    const tests = await read({
      suites: [
        {
          title: 'cart.spec.ts',
          specs: [
            { title: 'adds #4', tags: [], tests: [test('flaky'), test('expected'), test('unexpected')] },
          ],
          suites: [
            {
              title: 'Cart',
              specs: [
                { title: 'a', tags: ['@AB#5', '@smoke', '@2026'], tests: [test('unexpected')] },
                {
                  title: 'b #7',
                  tests: [
                    test('unexpected', [
                      { type: 'issue', description: `${ORGANIZATION}Shop/_workitems/edit/6` },
                      { type: 'issue', description: 'https://github.com/a/b/issues/8' },
                      { type: 'slow', description: '9' },
                    ]),
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(tests.map(shortOf)).toEqual([
      'cart.spec.ts/adds #4: /w/s.png → 4',
      'cart.spec.ts/Cart › a: /w/s.png → 5',
      'cart.spec.ts/Cart › b #7: /w/s.png → 6',
    ]);
  });

  test.each(['', '<html/>', '{}', '[1]', 'text', '{"suites": 1}'])(
    'rejects a file that is no report: %j',
    async (text) => {
      await expect(read(text)).rejects.toThrow(TestReportError);
    },
  );

  test('limits names, values and paths', async () => {
    const long = 'x'.repeat(5000);
    const [test] = await read(`<testsuite><testcase name="${long}" classname="${long}"><failure/><properties>
      <property name="workitem" value="7${','.repeat(3000)}"/><property name="attachment" value="${long}"/>
      <property name="attachment" value="a"/></properties></testcase></testsuite>`);
    expect([test?.name.length, test?.suite.length, test?.workItemIds]).toEqual([1001, 1001, []]);
    expect(test?.files.map(({ path }) => path)).toEqual(['a']);
  });

  test('expands no entities', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
      <testsuite><testcase name="&b;&f;"><failure/></testcase></testsuite>`;
    const [test] = await read(bomb);
    expect(test?.name).toBe('&b;&f;');
  });
});

describe('Any report', () => {
  const pieces = fc.constantFrom(
    ...[
      '<testsuite>',
      '<testcase name="#1">',
      '<failure/>',
      '</testcase>',
      '</testsuite>',
      '<property name="workitem" value="2"/>',
    ],
    ...[
      '<TestRun>',
      '<UnitTestResult outcome="Failed" testId="a">',
      '</UnitTestResult>',
      '<UnitTest id="a">',
      '<Key>',
      '<Value>',
      '</Key>',
    ],
    ...[
      '<system-out>',
      '[[ATTACHMENT|',
      'a]]',
      '[[',
      ']]>',
      '<![CDATA[',
      '&#0;',
      '&x;',
      '"',
      '<',
      '\0',
      '<!--',
      '{"suites":[',
    ],
  );
  const report = fc.tuple(
    fc.constantFrom('<testsuite>', '<TestRun>', '<test-run>', '<assemblies>', '{"suites":[', ''),
    fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }),
  );

  test('is read to plain data or rejected, and never names an impossible work item', async () => {
    await fc.assert(
      fc.asyncProperty(report, async ([start, parts]) => {
        const tests = await read(start + parts.join('')).catch((error: unknown) => {
          expect(error).toBeInstanceOf(TestReportError);
          return [];
        });
        for (const { workItemIds, files } of tests) {
          for (const id of workItemIds) expect(id > 0 && id < 2 ** 31 && Number.isInteger(id)).toBe(true);
          for (const { path } of files) expect(typeof path).toBe('string');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('of Playwright is read whatever its values are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (value) => {
        const suite = {
          title: value,
          specs: [
            {
              title: value,
              tags: value,
              tests: [{ status: 'unexpected', annotations: value, results: value }],
            },
          ],
          suites: value,
        };
        expect(await read({ suites: [suite, value] })).not.toHaveLength(0);
      }),
      { numRuns: 300 },
    );
  });
});
