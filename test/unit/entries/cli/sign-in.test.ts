import { Readable } from 'node:stream';
import { findCredential } from '../../../../src/entries/cli/sign-in';

const JWT = 'eyJ0eXAiOiJKV1QifQ.eyJuYW1laWQiOiJtZSJ9.c2lnbmF0dXJl';

function stage(
  env: Record<string, string>,
  { stdin = '', fromStdin = false, az = (): Promise<string> => Promise.reject(new Error()) } = {},
) {
  const tokens: string[] = [];
  const calls: (readonly string[])[] = [];
  let time = 0;
  const found = findCredential({
    environment: { env, stdin: Readable.from([stdin]), platform: 'linux' },
    fromStdin,
    now: () => time,
    onToken: (token) => tokens.push(token),
    runAz(args) {
      calls.push(args);
      return az();
    },
  });
  return { found, tokens, calls, at: (now: number) => void (time = now) };
}

test('findCredential takes the token from standard input first', async () => {
  const { found, tokens } = stage({ AZURE_DEVOPS_EXT_PAT: 'other' }, { stdin: ' pat\n', fromStdin: true });
  expect(await (await found)()).toEqual({ scheme: 'basic', token: 'pat' });
  expect(tokens).toEqual(['pat']);
});

test('findCredential refuses an empty standard input', async () => {
  await expect(stage({}, { fromStdin: true, stdin: '\n' }).found).rejects.toMatchObject({ exitCode: 3 });
});

test('findCredential prefers a personal access token to the token of a pipeline', async () => {
  const both = { AZURE_DEVOPS_EXT_PAT: 'pat', SYSTEM_ACCESSTOKEN: JWT };
  expect(await (await stage(both).found)()).toEqual({ scheme: 'basic', token: 'pat' });
  expect(await (await stage({ SYSTEM_ACCESSTOKEN: JWT }).found)()).toEqual({ scheme: 'bearer', token: JWT });
});

test('findCredential asks the Azure CLI last, and again before the token ends', async () => {
  let count = 0;
  const az = () =>
    Promise.resolve(JSON.stringify({ accessToken: `token ${++count}`, expires_on: 3600 * count }));
  const { found, tokens, calls, at } = stage({}, { az });
  const getCredential = await found;
  expect(await getCredential()).toEqual({ scheme: 'bearer', token: 'token 1' });
  at(3_000_000);
  expect(await getCredential()).toEqual({ scheme: 'bearer', token: 'token 1' });
  at(3_500_000);
  expect(await getCredential()).toEqual({ scheme: 'bearer', token: 'token 2' });
  expect(tokens).toEqual(['token 1', 'token 2']);
  expect(calls[0]).toContain('499b84ac-1321-427f-aa17-267ca6975798');
});

test('findCredential keeps the token while the Azure CLI fails', async () => {
  let isFailing = false;
  const az = () =>
    isFailing ? Promise.reject(new Error()) : Promise.resolve('{"accessToken":"token","expires_on":600}');
  const { found, at } = stage({}, { az });
  const getCredential = await found;
  isFailing = true;
  at(590_000);
  expect(await getCredential()).toEqual({ scheme: 'bearer', token: 'token' });
});

test.each(['', '{}', 'no json'])(
  'findCredential tells how to sign in if the Azure CLI answers "%s"',
  async (answer) => {
    const { found } = stage({}, { az: () => Promise.resolve(answer) });
    await expect(found).rejects.toMatchObject({
      exitCode: 3,
      nextStep: expect.stringMatching(/AZURE_DEVOPS_EXT_PAT.*--token-stdin.*az login/) as string,
    });
  },
);
