import { runTask } from './run-task';
import { openVsix } from './vsix';

const usual = openVsix();

describe('the package for development', () => {
  let dev: typeof usual;
  beforeAll(() => {
    const args = ['tools/package.mjs', '--dev', '--port', '3210', '--publisher', 'fabrikam'];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: '' });
    dev = openVsix('stapler-dev');
  });

  test('is another extension, which stands beside the released one', () => {
    expect(dev.elements('Identity')).toEqual([
      expect.objectContaining({ Id: 'stapler-dev', Publisher: 'fabrikam' }),
    ]);
    expect(dev.elementText('DisplayName')).toBe('Stapler (dev)');
  });

  test('is seen by those alone with whom it is shared', () => {
    expect(dev.elementText('GalleryFlags')).toBe('');
  });

  test('takes every page from this computer, and brings none', () => {
    expect(dev.manifest.baseUri).toBe('https://localhost:3210');
    expect(dev.paths.filter((path) => path.startsWith('dist/'))).toEqual([]);
  });

  test('is the usual one in all else that Azure DevOps reads', () => {
    expect({ ...dev.manifest, baseUri: undefined }).toEqual(usual.manifest);
  });
});

test.each(['0', '65536', '3000.5', 'https'])('%s is refused as a port', (port) => {
  const { status, stderr } = runTask(['tools/package.mjs', '--dev', '--port', port]);
  expect(status).not.toBe(0);
  expect(stderr).toContain(`--port must be a whole number from 1 to 65535, not "${port}".`);
});
