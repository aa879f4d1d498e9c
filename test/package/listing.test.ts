import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { runTask } from './run-task';
import { openVsix, openVsixFile, projectFolder } from './vsix';

const vsix = openVsix();

/** What the marketplace asks of an entry in its list, and how it hands the files out. */
describe('the release', () => {
  test('is public, and a private one only if it is asked for', () => {
    expect(vsix.elementText('GalleryFlags')).toBe('Public');
    const folder = mkdtempSync(join(tmpdir(), 'stapler-private-'));
    const output = join(folder, 'private.vsix');
    const args = ['test/tasks/package.mjs', '--no-build', '--private', '--output', output];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: '' });
    expect(openVsixFile(output).elementText('GalleryFlags')).toBe('');
    rmSync(folder, { recursive: true });
  });

  test('has a name of the allowed characters and a version that the marketplace can order', () => {
    const { Id, Publisher, Version } = vsix.elements('Identity')[0]!;
    expect(Id).toMatch(/^[\w-]{1,63}$/);
    expect(Publisher).toMatch(/^[\w-]{1,63}$/);
    expect(Version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('has few tags', () => {
    expect(vsix.elementText('Tags').split(',').length).toBeLessThanOrEqual(10);
  });

  test.each(['Getstarted', 'Support', 'License', 'GitHub'])('leads to its %s by https', (name) => {
    const link = vsix
      .elements('Property')
      .find(({ Id }) => Id === `Microsoft.VisualStudio.Services.Links.${name}`);
    expect(link?.['Value']).toMatch(/^https:\/\//);
  });

  test('has contributions of different names', () => {
    const ids = vsix.manifest.contributions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names no file of the machine that packed it', () => {
    for (const { Path } of vsix.elements('Asset')) expect(Path).toMatch(/^[\w.-]+(?:\/[\w.-]+)*$/);
    for (const manifest of ['extension.vsixmanifest', 'extension.vsomanifest']) {
      expect(vsix.text(manifest)).not.toContain(projectFolder);
      expect(vsix.text(manifest)).not.toMatch(/\.\.\/|file:/);
    }
  });
});

describe('each file', () => {
  const types = vsix.text('[Content_Types].xml');
  const byExtension = new Map(
    [...types.matchAll(/<Default Extension="([^"]+)" ContentType="([^"]+)"\/>/g)].map(
      ([, extension, type]) => [extension, type],
    ),
  );

  test.each([
    ['.html', 'text/html'],
    ['.js', 'application/javascript'],
    ['.css', 'text/css'],
    ['.svg', 'image/svg+xml'],
    ['.png', 'image/png'],
    ['.md', 'text/markdown'],
    ['.txt', 'text/plain'],
  ])('that ends in %s is handed out as %s', (extension, type) => {
    expect(byExtension.get(extension)).toBe(type);
  });

  test('has a type', () => {
    const others = vsix.paths.filter((path) => !byExtension.has(extname(path)));
    expect(others.sort()).toEqual(['LICENSE', '[Content_Types].xml'].sort());
    expect(types).toContain('<Override PartName="/LICENSE" ContentType="text/plain"/>');
  });
});
