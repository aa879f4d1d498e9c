import { canHaveLevels, findLevels, levelOf } from '../../../../../src/gallery/viewers/text/log-levels';
import { textBlocks } from '../../../../helpers/text-blocks';

test.each([
  '2026-03-14 10:15:02,123 ERROR [main] shop.Cart - No price',
  '[10:15:02 ERR] No price for 4711',
  '[10:15:02 FTL] Out of memory',
  'Cart.cs(12,5): error CS0103: The name does not exist [/src/Shop.csproj]',
  'error: cannot find module',
  '[error] 1234#0: *1 open() failed',
  'time=2026-03-14 level=error msg="no price"',
  '{"time":"…","level":"error","msg":"no price"}',
  '{"severity": "CRITICAL"}',
  '{"name":"shop","level":50,"msg":"no price"}',
  '##[error]Process completed with exit code 1.',
  '2026-03-14T10:15:02.1234567Z ##[error]Bash exited with code 1.',
  '::error file=cart.ts::No price',
  'npm ERR! code ENOENT',
  'TypeError: price is undefined',
  'System.NullReferenceException: Object reference not set',
  'java.lang.IllegalStateException',
  'Exception in thread "main" java.lang.Error',
  'Traceback (most recent call last):',
  'panic: runtime error: index out of range',
  'E0612 10:15:02.000000 1 cart.go:12] no price',
  '06-12 10:15:02.123  1234  1240 E Cart: no price',
  'ERROR:root:no price',
  '\tFAILED shop.CartTest.adds',
])('levelOf finds an error in %j', (line) => {
  expect(levelOf(line)).toBe('error');
});

test.each([
  '2026-03-14 10:15:02 WARN  shop.Cart - slow',
  '[10:15:02 WRN] Slow request',
  'Shop.csproj : warning NU1603: Shop depends on Cart',
  'warning: unused variable',
  '##[warning]Node 16 is deprecated',
  'npm WARN deprecated cart@1.0.0',
  'level=warning msg=slow',
  '{"level":"WARN","msg":"slow"}',
  '{"level":40,"msg":"slow"}',
  'W0612 10:15:02.000000 1 cart.go:12] slow',
])('levelOf finds a warning in %j', (line) => {
  expect(levelOf(line)).toBe('warning');
});

test.each([
  '',
  '    0 Error(s)',
  'Errors: 0, warnings: 0',
  'Compiling error_handler.ts',
  'GET /errors/404 200',
  'no error was found',
  '2026-03-14 INFO warning-free build',
  '--fail-on-error was given',
  'FAILED_TESTS=0',
  `${'x'.repeat(500)} ERROR`,
])('levelOf finds none in %j', (line) => {
  expect(levelOf(line)).toBeUndefined();
});

test('findLevels keeps the lines that belong to an error or a warning, across blocks', async () => {
  const log = [
    'INFO start',
    'ERROR no price',
    '    at Cart.add (cart.ts:12)',
    '    at main',
    'Caused by: java.io.IOException: gone',
    'INFO next',
    '  indented',
    '\u001b[33mWARN\u001b[0m slow',
    '  for 3 s',
    '',
    '  unrelated',
  ];
  expect(await findLevels(textBlocks(log), new AbortController().signal)).toEqual({
    error: [1, 2, 3, 4],
    warning: [1, 2, 3, 4, 7, 8],
  });
});

test.each([
  ['build.log', true],
  ['output.TXT', true],
  ['console', true],
  ['cart.ts', false],
  ['data.xml', false],
])('canHaveLevels decides on %s', (name, expected) => {
  expect(canHaveLevels(name)).toBe(expected);
});
