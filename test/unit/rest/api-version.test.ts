import { NEWEST_VERSION, versionBelow } from '../../../src/rest/api-version';

test('the newest version is the one of Services', () => {
  expect(NEWEST_VERSION).toBe('7.1');
});

test.each([
  ['7.1', undefined, '7.0'],
  ['7.0', undefined, '6.0'],
  ['6.0', undefined, '5.1'],
  ['5.1', undefined, '5.0'],
  ['5.0', undefined, undefined],
  ['7.1', '7.0', '7.0'],
  ['7.1', '6.0', '6.0'],
  ['7.1', '5.1', '5.1'],
  ['7.1', '5.0', '5.0'],
  ['7.1', '6.1', '6.0'],
  ['7.1', '4.1', undefined],
  ['7.1', '10.0', '7.0'],
  ['7.1', '7.1', '7.0'],
  ['7.1', '7.2', '7.0'],
  ['6.0', '7.0', '5.1'],
  ['5.0', '5.0', undefined],
])('after %s, with %s named by the server, comes %s', (refused, supported, next) => {
  expect(versionBelow(refused, supported)).toBe(next);
});

test('stepping down ends', () => {
  const tried: string[] = [];
  for (let version: string | undefined = NEWEST_VERSION; version; version = versionBelow(version))
    tried.push(version);
  expect(tried).toEqual(['7.1', '7.0', '6.0', '5.1', '5.0']);
});
