/** A TRX with one test of each outcome, data-driven rows and a run-level error. Definitions follow the results. */
export const SAMPLE_TRX = `<?xml version="1.0" encoding="utf-8"?>
<TestRun id="8a6b" name="build@AGENT-1 2026-03-14 15:09:26" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
  <Times creation="2026-03-14T15:09:20.0000000+01:00" queuing="2026-03-14T15:09:21.0000000+01:00" start="2026-03-14T15:09:26.0000000+01:00" finish="2026-03-14T15:10:38.0000000+01:00" />
  <TestSettings name="default" id="s1"><Deployment runDeploymentRoot="x" /></TestSettings>
  <Results>
    <UnitTestResult executionId="e1" testId="t1" testName="Shop.Tests.CartTests.AddsAnItem" computerName="AGENT-1" duration="00:00:00.0380000" outcome="Passed" testListId="l1" />
    <UnitTestResult executionId="e2" testId="t2" testName="RejectsAnEmptyCart" computerName="AGENT-1" duration="00:00:01.2500000" outcome="Failed" testListId="l1">
      <Output>
        <StdOut>Opening the cart &amp; counting</StdOut>
        <StdErr>No connection</StdErr>
        <ErrorInfo>
          <Message>Assert.AreEqual failed. Expected:&lt;0&gt;. Actual:&lt;1&gt;.
Second line.</Message>
          <StackTrace>   at Shop.Tests.CartTests.RejectsAnEmptyCart() in CartTests.cs:line 42</StackTrace>
        </ErrorInfo>
        <TextMessages><Message>A remark</Message></TextMessages>
      </Output>
      <ResultFiles><ResultFile path="AGENT-1\\screenshot.png" /><ResultFile path="logs/trace.zip" /></ResultFiles>
    </UnitTestResult>
    <UnitTestResult executionId="e3" testId="t3" testName="WaitsForThePayment" duration="00:10:00" outcome="Timeout" />
    <UnitTestResult executionId="e4" testId="t4" testName="PaysByCheck" outcome="NotExecuted"><Output><ErrorInfo><Message>Not supported</Message></ErrorInfo></Output></UnitTestResult>
    <UnitTestResult executionId="e5" testId="t5" testName="AddsDiscounts" duration="00:00:00.0200000" outcome="Failed" resultType="DataDrivenTest">
      <Output><ErrorInfo><Message>One row failed.</Message></ErrorInfo></Output>
      <InnerResults>
        <UnitTestResult testId="t5" testName="AddsDiscounts (1, 2)" duration="00:00:00.0100000" outcome="Passed" resultType="DataDrivenDataRow" />
        <UnitTestResult testId="t5" testName="AddsDiscounts (2, 2)" duration="00:00:00.0100000" outcome="Failed" resultType="DataDrivenDataRow"><Output><ErrorInfo><Message>Expected 4.</Message></ErrorInfo></Output></UnitTestResult>
      </InnerResults>
    </UnitTestResult>
  </Results>
  <TestDefinitions>
    <UnitTest name="Shop.Tests.CartTests.AddsAnItem" id="t1"><Execution id="e1" /><TestMethod className="Shop.Tests.CartTests" name="AddsAnItem" /></UnitTest>
    <UnitTest name="RejectsAnEmptyCart" id="t2"><TestMethod className="Shop.Tests.CartTests, Shop.Tests, Version=1.0.0.0" name="RejectsAnEmptyCart" /></UnitTest>
    <UnitTest name="WaitsForThePayment" id="t3"><TestMethod className="Shop.Tests.PaymentTests" name="WaitsForThePayment" /></UnitTest>
    <UnitTest name="AddsDiscounts" id="t5"><TestMethod className="Shop.Tests.DiscountTests" name="AddsDiscounts" /></UnitTest>
  </TestDefinitions>
  <ResultSummary outcome="Failed">
    <Counters total="6" executed="5" passed="2" failed="2" timeout="1" notExecuted="1" />
    <Output><StdOut>Of the run</StdOut></Output>
    <RunInfos><RunInfo computerName="AGENT-1" outcome="Error" timestamp="2026-03-14T15:10:38"><Text>The active test run was aborted.</Text></RunInfo></RunInfos>
  </ResultSummary>
</TestRun>
`;

/** JUnit XML with nested suites, retries, and missing attributes. */
export const SAMPLE_JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<!-- Report of a build -->
<testsuites name="nightly" tests="8" failures="1" errors="1" time="1,234.5">
  <testsuite name="shop" timestamp="2026-03-14T15:09:26" time="1234.5">
    <properties><property name="java.version" value="21" /></properties>
    <testsuite name="shop.cart">
      <testcase name="adds an item" classname="shop.cart.CartTest" time="0.038" />
      <testcase name="rejects an empty cart" classname="shop.cart.CartTest" time="1,000.25">
        <failure message="expected: 0 but was: 1" type="AssertionError"><![CDATA[AssertionError: expected: 0 but was: 1
	at CartTest.java:42 <init>]]></failure>
        <rerunFailure message="expected: 0 but was: 2" type="AssertionError"><stackTrace>at CartTest.java:43</stackTrace><system-out>again</system-out></rerunFailure>
        <system-out>Opening the cart</system-out>
        <system-err>No connection</system-err>
      </testcase>
      <testcase name="pays" time="0.5"><error type="java.net.ConnectException">at Pay.java:7</error></testcase>
    </testsuite>
    <testcase name="has no class"><skipped message="Not today" /></testcase>
    <testcase name="is ignored" classname="shop.Old"><skipped>Too old</skipped></testcase>
    <testcase name="did not run" classname="shop.Old" status="notrun" />
    <testcase name="is flaky" classname="shop.Flaky" time="0,5"><flakyFailure message="sometimes" type="AssertionError"><stackTrace>at Flaky.java:1</stackTrace></flakyFailure></testcase>
    <testcase classname="shop.Nameless" time="soon" />
    <system-out>Of the suite</system-out>
  </testsuite>
</testsuites>
`;

/** Results of NUnit 3. */
export const SAMPLE_NUNIT = `<?xml version="1.0" encoding="utf-8"?>
<test-run id="2" name="Shop.Tests.dll" testcasecount="4" result="Failed" start-time="2026-03-14 15:09:26Z" duration="1.500">
  <command-line><![CDATA[nunit3-console Shop.Tests.dll]]></command-line>
  <test-suite type="TestFixture" name="CartTests" fullname="Shop.Tests.CartTests" result="Failed">
    <failure><message>One or more child tests had errors</message></failure>
    <test-case name="AddsAnItem" fullname="Shop.Tests.CartTests.AddsAnItem" classname="Shop.Tests.CartTests" result="Passed" duration="0.038" />
    <test-case name="RejectsAnEmptyCart" classname="Shop.Tests.CartTests" result="Failed" label="Error" duration="1.25">
      <failure><message><![CDATA[Expected: 0]]></message><stack-trace><![CDATA[at CartTests.cs:line 42]]></stack-trace></failure>
      <output><![CDATA[Opening the cart]]></output>
      <attachments><attachment><filePath>C:\\agent\\screenshot.png</filePath></attachment></attachments>
    </test-case>
    <test-case name="PaysByCheck" classname="Shop.Tests.CartTests" result="Skipped" label="Ignored"><reason><message>Not supported</message></reason></test-case>
    <test-case name="MayWork" classname="Shop.Tests.CartTests" result="Inconclusive" />
  </test-suite>
</test-run>
`;

/** Results of xUnit.net. */
export const SAMPLE_XUNIT = `<assemblies timestamp="03/14/2026 15:09:26">
  <assembly name="Shop.Tests.dll" run-date="2026-03-14" run-time="15:09:26" total="3" passed="1" failed="1" skipped="1" time="1.500">
    <errors><error type="assembly-cleanup" name="x"><failure><message>The cleanup failed.</message></failure></error></errors>
    <collection name="Cart" time="1.288">
      <test name="Shop.Tests.CartTests.AddsAnItem" type="Shop.Tests.CartTests" method="AddsAnItem" time="0.038" result="Pass" />
      <test name="Shop.Tests.CartTests.Rejects(count: 0)" type="Shop.Tests.CartTests" method="Rejects" time="1.25" result="Fail">
        <failure exception-type="EqualException"><message>Expected: 0</message><stack-trace>at CartTests.cs:line 42</stack-trace></failure>
        <output>Opening the cart</output>
      </test>
      <test name="Pays by check" type="Shop.Tests.CartTests" method="PaysByCheck" time="0" result="Skip"><reason>Not supported</reason></test>
    </collection>
  </assembly>
</assemblies>
`;
