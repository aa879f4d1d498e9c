import { runTask } from './run-task';
import { openVsix } from './vsix';

const usual = openVsix();

describe('The development package', () => {
  let dev: typeof usual;
  beforeAll(() => {
    const args = ['tools/package.mjs', '--dev', '--port', '3210', '--publisher', 'fabrikam'];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: 'Packing…\n' });
    dev = openVsix('stapler-dev');
  });

  test('is a separate extension next to the released one', () => {
    expect(dev.elements('Identity')).toEqual([
      expect.objectContaining({ Id: 'stapler-dev', Publisher: 'fabrikam' }),
    ]);
    expect(dev.elementText('DisplayName')).toBe('Stapler (dev)');
  });

  test('is private to organizations it is shared with', () => {
    expect(dev.elementText('GalleryFlags')).toBe('');
  });

  test('loads every page from this computer and contains none', () => {
    expect(dev.manifest.baseUri).toBe('https://localhost:3210');
    expect(dev.paths.filter((path) => path.startsWith('dist/'))).toEqual([]);
  });

  test('equals the released one in everything else read by Azure DevOps, except for the task', () => {
    const contributions = usual.manifest.contributions.filter(({ id }) => id !== 'attach-task');
    expect({ ...dev.manifest, baseUri: undefined }).toEqual({ ...usual.manifest, contributions });
  });
});

test.each(['0', '65536', '3000.5', 'https'])('The development package rejects the port %s', (port) => {
  const { status, stderr } = runTask(['tools/package.mjs', '--dev', '--port', port]);
  expect(status).not.toBe(0);
  expect(stderr).toContain(`--port must be a whole number from 1 to 65535, not "${port}".`);
});
