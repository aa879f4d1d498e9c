import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { runTask } from './run-task';
import { FILM, LISTING } from '../../tools/pictures';
import type { PackagedManifest } from './vsix';
import { openVsix, openVsixFile, projectFolder } from './vsix';

const vsix = openVsix();

/** Requirements of the marketplace, and content types of its files. */
describe('The release', () => {
  test('is public, and private only on request', () => {
    expect(vsix.elementText('GalleryFlags')).toBe('Public');
    const folder = mkdtempSync(join(tmpdir(), 'stapler-private-'));
    const output = join(folder, 'private.vsix');
    const args = ['tools/package.mjs', '--no-build', '--private', '--output', output];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: 'Packing…\n' });
    expect(openVsixFile(output).elementText('GalleryFlags')).toBe('');
    rmSync(folder, { recursive: true });
  });

  test('has the layout of other extensions without its languages', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stapler-english-'));
    const output = join(folder, 'english.vsix');
    const args = ['tools/package.mjs', '--no-build', '--no-languages', '--output', output];
    expect(runTask(args)).toMatchObject({ status: 0, stderr: 'Packing…\n' });
    const english = openVsixFile(output);
    const isOfLanguage = (path: string): boolean => /^[a-z]{2}(?:-[A-Z][A-Za-z]+)?\//.test(path);
    expect(vsix.paths.filter(isOfLanguage)).not.toEqual([]);
    expect(english.paths.filter(isOfLanguage)).toEqual([]);
    expect(english.paths.filter((path) => path.startsWith('dist/'))).toEqual(
      vsix.paths.filter((path) => path.startsWith('dist/')),
    );
    expect(english.text('extension.vsixmanifest')).not.toContain(' Lang=');
    rmSync(folder, { recursive: true });
  });

  test('has a valid name and a version with a defined order', () => {
    const { Id, Publisher, Version } = vsix.elements('Identity')[0]!;
    expect(Id).toMatch(/^[\w-]{1,63}$/);
    expect(Publisher).toMatch(/^[\w-]{1,63}$/);
    expect(Version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('has few tags', () => {
    expect(vsix.elementText('Tags').split(',').length).toBeLessThanOrEqual(10);
  });

  test.each(['Getstarted', 'Support', 'License', 'GitHub'])('links to its %s by https', (name) => {
    const link = vsix
      .elements('Property')
      .find(({ Id }) => Id === `Microsoft.VisualStudio.Services.Links.${name}`);
    expect(link?.['Value']).toMatch(/^https:\/\//);
  });

  test('has contributions with different names', () => {
    const ids = vsix.manifest.contributions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('contains no path of the build machine', () => {
    for (const { Path } of vsix.elements('Asset')) expect(Path).toMatch(/^[\w.-]+(?:\/[\w.-]+)*$/);
    for (const manifest of ['extension.vsixmanifest', 'extension.vsomanifest']) {
      expect(vsix.text(manifest)).not.toContain(projectFolder);
      expect(vsix.text(manifest)).not.toMatch(/\.\.\/|file:/);
    }
  });
});

/** Width and height in pixels. */
function sizeOf(png: Buffer): [number, number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** Part of a picture beside the title. */
const BESIDE_TITLE = { left: 400, top: 0, width: 400, height: 60 };

/** Number of pixels in the primary color of the light theme, or nearly so. */
async function countOfPrimary(picture: Buffer, page = 0): Promise<number> {
  const data = await sharp(picture, { page }).removeAlpha().raw().toBuffer();
  const primary = /'palette-primary': '(\d+), (\d+), (\d+)'/.exec(
    readFileSync(join(projectFolder, 'packages/emulator/src/host/page/themes.ts'), 'utf8'),
  )!;
  let count = 0;
  for (let at = 0; at < data.length; at += 3)
    if ([1, 2, 3].every((part) => Math.abs(data[at + part - 1]! - Number(primary[part])) < 8)) count++;
  return count;
}

describe('The pictures of the listing', () => {
  const shown = [...vsix.text('static/overview.md').matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(
    // The marketplace resolves paths from the root of the package, wherever the text is.
    ([, text, path]) => ({ text: text!, path: path! }),
  );
  const screenshots = vsix
    .elements('Asset')
    .filter(({ Type }) => /Services\.Screenshots\.\d$/.test(Type ?? ''))
    .sort((a, b) => a['Type']!.localeCompare(b['Type']!))
    .map(({ Path }) => Path!);

  test('are five of the required size, on the page and as screenshots', () => {
    expect(screenshots).toHaveLength(5);
    for (const path of screenshots) expect(sizeOf(vsix.bytes(path))).toEqual([1366, 768]);
    expect(shown.map(({ path }) => path).filter((path) => path.endsWith('.png'))).toEqual(screenshots);
  });

  test('include an animation of a few seconds', () => {
    const [film, ...others] = shown.filter(({ path }) => path.endsWith('.gif'));
    expect(others).toEqual([]);
    const bytes = vsix.bytes(film!.path);
    expect(bytes.subarray(0, 6).toString('latin1')).toBe('GIF89a');
    // A graphic control extension before each frame: its delay, in hundredths of a second.
    const delays = [...bytes.toString('latin1').matchAll(/\x21\xf9\x04[^]([^])([^])[^]\x00\x2c/g)].map(
      ([, low, high]) => low!.charCodeAt(0) + 256 * high!.charCodeAt(0),
    );
    expect(delays.length).toBeGreaterThanOrEqual(10);
    const seconds = delays.reduce((sum, delay) => sum + delay, 0) / 100;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(20);
  });

  // A palette of few colors once made the bars gray and the buttons faint.
  test.each(['attach', 'gallery', 'many-work-items', 'hub'])(
    'show the color of the theme in %s',
    async (name) => {
      expect(await countOfPrimary(vsix.bytes(`static/images/${name}.png`))).toBeGreaterThan(1_000);
    },
  );

  test('show one page in the dark theme', async () => {
    const beside = sharp(vsix.bytes('static/images/preview.png')).extract(BESIDE_TITLE).removeAlpha().raw();
    const bytes = [...(await beside.toBuffer())];
    expect(bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length).toBeLessThan(60);
  });

  test('show colored progress in the film', async () => {
    const film = vsix.bytes('static/images/drop.gif');
    const { pages = 0 } = await sharp(film).metadata();
    const counts = await Promise.all(Array.from({ length: pages }, (_, page) => countOfPrimary(film, page)));
    expect(Math.max(...counts)).toBeGreaterThan(3_000);
  });

  test('have alternative texts', () => {
    for (const { text } of shown) expect(text).toMatch(/^.{20,}$/);
  });

  test('are produced by `npm run screenshots`', () => {
    const taken = [...LISTING.map(({ name }) => `${name}.png`), `${FILM.name}.gif`];
    const packaged = vsix.paths.filter((path) => path.startsWith('static/images/'));
    expect(packaged.map((path) => path.replace('static/images/', '')).sort()).toEqual(taken.sort());
  });
});

test('The page of the marketplace says what is new, with links that work there', () => {
  const page = vsix.text('static/overview.md');
  const [, news = ''] = /^## What's new\n([^]*?)\n## /m.exec(page) ?? [];
  const changes = readFileSync(join(projectFolder, 'CHANGELOG.md'), 'utf8');
  const [first = '', ...others] = news.match(/^- .+$/gm) ?? [];
  expect(changes).toContain(first.replace(/\]\(https:\/\/github\.com\/[\w-]+\/stapler\/blob\/main\//g, ']('));
  expect(others.length).toBeGreaterThan(2);
  expect(news).toContain('/CHANGELOG.md)');
  for (const [, address] of news.matchAll(/\]\(([^)]+)\)/g)) expect(address).toMatch(/^https:\/\//);
});

describe('Each language', () => {
  /** All visible texts of a manifest, by path. */
  function textsOf(manifest: PackagedManifest): Map<string, string> {
    return new Map(
      manifest.contributions.flatMap(({ id, type, description, properties }) =>
        [
          [`${id}.description`, description] as const,
          // The name of a task is a folder of the package.
          ...[type.startsWith('ms.vss-distributed-task.') ? '' : 'name', 'text', 'title', 'toolbarText'].map(
            (key) => [`${id}.${key}`, properties[key]] as const,
          ),
        ].flatMap(([path, text]) => (typeof text === 'string' ? [[path, text] as const] : [])),
      ),
    );
  }

  const localised = vsix
    .elements('Asset')
    .filter(({ Type, Lang }) => Type === 'Microsoft.VisualStudio.Services.Manifest' && Lang)
    .map(({ Lang, Path }) => [Lang!, Path!] as const);

  test('of the pages has a manifest and a language pack', () => {
    const spoken = readdirSync(join(projectFolder, 'src/base/i18n/languages')).map((file) =>
      file.replace('.json', ''),
    );
    expect(localised.map(([tag]) => tag).sort()).toEqual(spoken.sort());
  });

  test('has its manifest before the default one, in the order of tfx', () => {
    const manifests = vsix
      .elements('Asset')
      .filter(({ Type }) => Type === 'Microsoft.VisualStudio.Services.Manifest');
    expect(manifests.map(({ Lang }) => Lang)).toEqual([...localised.map(([tag]) => tag), undefined]);
  });

  test.each(localised)('%s translates all visible texts and changes nothing else', (tag, path) => {
    const manifest = JSON.parse(vsix.text(path)) as PackagedManifest;
    const english = textsOf(vsix.manifest);
    const texts = textsOf(manifest);
    // The name of the extension is the same in all languages.
    const same = [...english]
      .filter(([key, text]) => texts.get(key) === text && text !== 'Stapler')
      .map(([key]) => key);
    expect(same).toEqual([]);
    const unread = (text: string): string =>
      [...textsOf(JSON.parse(text) as PackagedManifest).values()]
        .sort((a, b) => b.length - a.length)
        .reduce((rest, each) => rest.replaceAll(JSON.stringify(each), '""'), text);
    expect(unread(vsix.text(path))).toBe(unread(vsix.text('extension.vsomanifest')));

    const pack = vsix.text(`${tag}/Extension.vsixlangpack`);
    expect(/<LocalizedName>([^<]{1,200})<\/LocalizedName>/.exec(pack)?.[1]).toContain('Stapler');
    expect(/<LocalizedDescription>([^<]+)<\/LocalizedDescription>/.exec(pack)?.[1]).toMatch(/^.{20,200}$/);
  });
});

describe('Each file', () => {
  const types = vsix.text('[Content_Types].xml');
  const byExtension = new Map(
    [...types.matchAll(/<Default Extension="([^"]+)" ContentType="([^"]+)"\/>/g)].map(
      ([, extension, type]) => [extension, type],
    ),
  );

  test.each([
    ['.html', 'text/html'],
    ['.js', 'application/javascript'],
    ['.json', 'application/json'],
    ['.css', 'text/css'],
    ['.gif', 'image/gif'],
    ['.png', 'image/png'],
    ['.md', 'text/markdown'],
    ['.txt', 'text/plain'],
  ])('with the extension %s has the type %s', (extension, type) => {
    expect(byExtension.get(extension)).toBe(type);
  });

  test('has a content type', () => {
    const others = vsix.paths.filter((path) => !byExtension.has(extname(path)));
    expect(others.sort()).toEqual(['LICENSE', '[Content_Types].xml'].sort());
    expect(types).toContain('<Override PartName="/LICENSE" ContentType="text/plain"/>');
  });
});
