import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPlace } from '../../../../src/entries/cli/organization';
import { createTemporaryFolder } from '../../../helpers/temporary-folder';

const folder = createTemporaryFolder();
const home = join(folder, 'home');
const environment = { env: {}, home: join(folder, 'empty-home'), cwd: folder };
const NONE = { organization: undefined, project: undefined };

function withDefaults(text: string): typeof environment {
  mkdirSync(join(home, '.azure/azuredevops'), { recursive: true });
  writeFileSync(join(home, '.azure/azuredevops/config'), text);
  return { ...environment, home };
}

function withRemote(url: string): typeof environment {
  const cwd = join(folder, 'repository/src/deep');
  mkdirSync(cwd, { recursive: true });
  mkdirSync(join(folder, 'repository/.git'), { recursive: true });
  writeFileSync(
    join(folder, 'repository/.git/config'),
    `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n`,
  );
  return { ...environment, cwd };
}

test.each([
  ['https://dev.azure.com/fabrikam', 'https://dev.azure.com/fabrikam/'],
  ['https://dev.azure.com/fabrikam/', 'https://dev.azure.com/fabrikam/'],
  ['https://dev.azure.com/fabrikam/Shop/_workitems/edit/7', 'https://dev.azure.com/fabrikam/'],
  ['https://fabrikam.visualstudio.com', 'https://fabrikam.visualstudio.com/'],
  ['https://tfs.example/tfs/DefaultCollection', 'https://tfs.example/tfs/DefaultCollection/'],
  ['http://127.0.0.1:8080/tfs/c', 'http://127.0.0.1:8080/tfs/c/'],
])('findPlace accepts --organization %s', async (organization, base) => {
  const place = await findPlace({ organization, project: 'Shop' }, environment);
  expect(place).toEqual({ organization: base, project: 'Shop' });
});

test.each(['fabrikam', 'ftp://x/y', 'https://user@dev.azure.com/fabrikam', 'https://dev.azure.com/', ''])(
  'findPlace refuses --organization "%s"',
  async (organization) => {
    await expect(findPlace({ ...NONE, organization }, environment)).rejects.toThrow(/--organization/);
  },
);

test('findPlace uses the defaults of az devops', async () => {
  const there = withDefaults(
    '[core]\nx = 1\n[defaults]\norganization = https://dev.azure.com/fabrikam\nproject = My Shop\n',
  );
  expect(await findPlace(NONE, there)).toEqual({
    organization: 'https://dev.azure.com/fabrikam/',
    project: 'My Shop',
  });
});

test('findPlace prefers the options to the defaults', async () => {
  const there = withDefaults('[defaults]\norganization=https://dev.azure.com/fabrikam\nproject=Shop\n');
  const options = { organization: 'https://dev.azure.com/contoso', project: undefined };
  expect(await findPlace(options, there)).toEqual({
    organization: 'https://dev.azure.com/contoso/',
    project: 'Shop',
  });
});

test('findPlace sends no token to a server of the defaults', async () => {
  const there = withDefaults('[defaults]\norganization = https://tfs.evil.example/tfs/c\n');
  await expect(findPlace(NONE, there)).rejects.toMatchObject({
    message: expect.stringContaining('https://tfs.evil.example/tfs/c/') as string,
    nextStep: expect.stringContaining('--organization') as string,
  });
});

test.each([
  ['https://fabrikam@dev.azure.com/fabrikam/Shop/_git/shop', 'https://dev.azure.com/fabrikam'],
  ['git@ssh.dev.azure.com:v3/fabrikam/Shop/shop', 'https://dev.azure.com/fabrikam'],
  ['https://fabrikam.visualstudio.com/Shop/_git/shop', 'https://dev.azure.com/fabrikam'],
])('findPlace only suggests the organization of the repository %s', async (url, suggestion) => {
  await expect(findPlace(NONE, withRemote(url))).rejects.toMatchObject({
    nextStep: `Did you mean --organization ${suggestion}?`,
    exitCode: 64,
  });
});

test.each([
  'https://dev.azure.com.evil.example/fabrikam/_git/x',
  'https://evil.example/fabrikam/Shop/_git/x',
  'https://dev.azure.com/../../x',
  '"https://dev.azure.com/$(id)/x"',
])('findPlace suggests nothing for the repository %s', async (url) => {
  await expect(findPlace(NONE, withRemote(url))).rejects.toMatchObject({
    nextStep: expect.not.stringContaining('Did you mean') as string,
  });
});
