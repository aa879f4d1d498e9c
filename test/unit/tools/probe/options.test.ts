import { readOptions } from '../../../../tools/probe/options';

const environment = { AZDO_PAT: ' a-secret \n' };
const needed = [
  '--url',
  'https://dev.azure.com/fabrikam',
  '--project',
  'Fabrikam',
  '--token-env',
  'AZDO_PAT',
];

function without(name: string): string[] {
  const at = needed.indexOf(name);
  return [...needed.slice(0, at), ...needed.slice(at + 2)];
}

test('readOptions takes the token from the environment and normalizes the address', () => {
  expect(readOptions(needed, environment)).toEqual({
    url: 'https://dev.azure.com/fabrikam/',
    project: 'Fabrikam',
    token: 'a-secret',
    bearer: false,
    large: false,
  });
});

test('readOptions accepts all options', () => {
  const more = ['--bearer', '--large', '--other-project', 'Contoso', '--out', 'findings.json'];
  expect(readOptions([...needed, ...more], environment)).toMatchObject({
    bearer: true,
    large: true,
    otherProject: 'Contoso',
    out: expect.stringMatching(/[\\/]findings\.json$/) as string,
  });
});

test.each(['--url', '--project', '--token-env'])('readOptions refuses a missing %s', (name) => {
  expect(() => readOptions(without(name), environment)).toThrow(`${name} is missing`);
});

test.each([
  ['not an address', 'dev.azure.com', /not an address/],
  ['in the open', 'http://dev.azure.com/fabrikam', /https/],
  ['a name in it', 'https://me@dev.azure.com/fabrikam', /a name or a password/],
  ['a password in it', 'https://:a-secret@dev.azure.com/fabrikam', /a name or a password/],
])('readOptions refuses an invalid address: %s', (_, url, message) => {
  const args = ['--url', url, ...without('--url')];
  expect(() => readOptions(args, environment)).toThrow(message);
});

test('readOptions accepts http for this computer', () => {
  const { url } = readOptions(['--url', 'http://127.0.0.1:4801/fabrikam', ...without('--url')], environment);
  expect(url).toBe('http://127.0.0.1:4801/fabrikam/');
});

test('readOptions reports an unset variable without a value', () => {
  expect(() => readOptions(needed, {})).toThrow('is not set');
  // Who gives the token in place of the name of its variable must not find it in a log.
  const args = [...without('--token-env'), '--token-env', 'a-secret'];
  expect(() => readOptions(args, environment)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('a-secret') as string }) as Error,
  );
});
