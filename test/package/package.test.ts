import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { besidePage, loadedBy, openVsix, pageOf, projectFolder, WINDOW_PAGE } from './vsix';

const vsix = openVsix();
const { manifest } = vsix;
const pages = vsix.paths.filter((path) => path.endsWith('.html'));
/** Scripts for browsers: the pipeline task is for Node (`task.test.ts`). */
const scripts = vsix.paths.filter((path) => path.endsWith('.js') && !path.startsWith('task/'));
const styles = vsix.paths.filter((path) => path.endsWith('.css'));

function sourceJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(projectFolder, path), 'utf8')) as Record<string, unknown>;
}

/**
 * pdf.js, loaded with the first opened PDF. It could create code from text, import modules by URL and read files of
 * Node; the policy of each page blocks all of these, and pdf.js sends no requests.
 */
const PDF_JS = ['dist/pdf.js', 'dist/pdf-parser.js'];

/** All other scripts. */
const ours = scripts.filter((path) => !PDF_JS.includes(path));

/** Source of the first script of a page. */
function firstScriptOf(html: string): string {
  return /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
}

/** All matches of `pattern` in `path`, with the file name. */
function found(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    [...vsix.text(path).matchAll(pattern)].map(([match]) => `${path}: ${match}`),
  );
}

describe('The manifest', () => {
  test('requests one scope', () => {
    expect(manifest.scopes).toEqual(['vso.work_write']);
  });

  test('targets Services, and Server from 2019 Update 1', () => {
    expect(vsix.elements('InstallationTarget')).toEqual([
      { Id: 'Microsoft.VisualStudio.Services.Cloud' },
      { Id: 'Microsoft.TeamFoundation.Server', Version: '[17.153,)' },
    ]);
  });

  test('has the version of package.json, as the source manifest has', () => {
    const { version } = sourceJson('package.json');
    expect(vsix.elements('Identity')).toEqual([expect.objectContaining({ Version: version })]);
    // A packager with automatic versions would change the packaged manifest only.
    expect(sourceJson('vss-extension.json')['version']).toBe(version);
  });

  test('has texts within the limits of the marketplace', () => {
    expect(vsix.elementText('Description')).toMatch(/^.{20,200}$/);
    expect(vsix.elementText('DisplayName')).toMatch(/^.{1,200}$/);
  });

  test('has a current category', () => {
    expect(vsix.elementText('Categories')).toBe('Azure Boards');
  });

  test('has no page of another origin', () => {
    expect(Object.keys(manifest)).not.toContain('baseUri');
  });
});

describe('Files named by the manifest', () => {
  const contributions = manifest.contributions.map(
    (contribution) => [contribution.id, contribution] as const,
  );

  test.each(contributions)('include the packaged and served page and icons of %s', (_id, { properties }) => {
    const icon = properties['icon'];
    const icons: unknown[] = typeof icon === 'object' && icon !== null ? Object.values(icon) : [icon];
    for (const path of [properties['uri'], ...icons]) {
      // The icons of hubs are named as assets, those of menus by path.
      const file = typeof path === 'string' ? path.replace(/^asset:\/\//, '') : path;
      if (file !== undefined) expect(vsix.addressable).toContain(file);
    }
  });

  test('include the packaged and served icon and texts of the marketplace', () => {
    const named = ['Icons.Default', 'Content.Details', 'Content.License'].map((name) =>
      vsix.elements('Asset').find(({ Type }) => Type === `Microsoft.VisualStudio.Services.${name}`),
    );
    expect(named.map((asset) => asset?.['Path'])).toEqual([
      'static/icon.png',
      'static/overview.md',
      'LICENSE',
    ]);
    for (const asset of named) expect(vsix.paths).toContain(asset?.['Path']);
    for (const asset of named) expect(vsix.addressable).toContain(asset?.['Path']);
  });

  test('are all packaged if they are served', () => {
    expect([...vsix.addressable].filter((path) => !vsix.paths.includes(path))).toEqual([]);
  });

  test('include each page with a contribution, and the one that opens as a window', () => {
    const contributed = manifest.contributions.flatMap((one) => pageOf(one) ?? []);
    expect(pages.sort()).toEqual([...new Set([...contributed, WINDOW_PAGE])].sort());
    expect(vsix.addressable).toContain(WINDOW_PAGE);
  });
});

test('The icon is a PNG of 128 × 128', () => {
  const icon = vsix.bytes('static/icon.png');
  expect(icon.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect(icon.subarray(12, 16).toString('latin1')).toBe('IHDR');
  expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
});

test('The marketplace page shows only packaged pictures', () => {
  const pictures = [...vsix.text('static/overview.md').matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].map(
    ([, url]) => url!,
  );
  expect(
    // The marketplace resolves paths from the root of the package.
    pictures.filter((path) => !vsix.paths.includes(path)),
  ).toEqual([]);
});

test('The icons of the menus are PNG files of 16 × 16', () => {
  const icons = manifest.contributions.flatMap(({ properties }) => {
    const icon = properties['icon'] as Record<string, string> | string | undefined;
    return typeof icon === 'object' ? Object.values(icon) : [];
  });
  expect(icons).toHaveLength(4);
  for (const path of icons) {
    const icon = vsix.bytes(path);
    expect(vsix.addressable).toContain(path);
    expect(icon.subarray(12, 16).toString('latin1')).toBe('IHDR');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([16, 16]);
  }
});

test('The actions name their group for old and new menus', () => {
  const actions = manifest.contributions.filter(({ type }) => type === 'ms.vss-web.action');
  for (const { properties } of actions)
    expect(properties).toMatchObject({ groupId: 'modify', group: 'actions' });
});

test('The release contains no pseudo language', () => {
  expect(vsix.paths.filter((path) => /pseudo/.test(path))).toEqual([]);
  expect(vsix.elements('Asset').filter(({ Path }) => /pseudo/.test(Path ?? ''))).toEqual([]);
});

describe('The page', () => {
  test.each(pages)('%s loads its own files by relative URL', (page) => {
    const loaded = loadedBy(vsix.text(page));
    expect(loaded.map(({ tag }) => tag)).toContain('script');
    for (const { url, tag } of loaded) {
      expect(tag).not.toBe('base');
      expect(url).toMatch(/^[\w.-]+(?:\/[\w.-]+)*$/);
      expect(vsix.addressable).toContain(besidePage(page, url));
    }
  });

  // In Azure DevOps Server the frame has the origin "null", and browsers reject its module scripts (plan, decision 10).
  test.each(pages)('%s has classic scripts, and only the first one is inline', (page) => {
    const html = vsix.text(page);
    expect(html).not.toMatch(/type=["']?module|modulepreload|importmap/i);
    const [first, ...others] = html.match(/<script\b[^>]*>/g) ?? [];
    expect(first).toBe('<script>');
    expect(others.length).toBeGreaterThan(0);
    expect(others).toEqual(html.match(/<script src=[^>]+>(?=<\/script>)/g));
    expect(html).not.toMatch(/\son\w+=/i);
  });

  test.each(pages)('%s begins with a policy for its own files only', (page) => {
    const html = vsix.text(page);
    const [, policy = ''] =
      /<meta http-equiv=["']?Content-Security-Policy["']? content="([^"]+)"/.exec(html) ?? [];
    const rules = new Map(
      policy.split('; ').map((rule) => [rule.split(' ', 1)[0], rule.split(' ').slice(1)]),
    );
    expect(rules.get('default-src')).toEqual(["'none'"]);
    // The first script narrows `https: http:` to the folder of the page.
    const hash = createHash('sha256').update(firstScriptOf(html)).digest('base64');
    expect(rules.get('script-src')).toEqual(['https:', 'http:', "'wasm-unsafe-eval'", `'sha256-${hash}'`]);
    expect(rules.get('style-src')).toEqual(['https:', 'http:', "'unsafe-inline'"]);
    expect(rules.get('worker-src')).toEqual(['https:', 'http:', 'blob:']);
    expect(rules.get('base-uri')).toEqual(["'none'"]);
    expect(rules.get('form-action')).toEqual(["'none'"]);
    expect(rules.get('frame-src') ?? rules.get('child-src')).toBeUndefined();
    // Nothing that loads or runs stands before the policy and the first script.
    expect(html).toMatch(
      /^<!doctype html><html lang="en"><head>(?:<meta (?:charset|name)=[^>]+>|<title>[^<]*<\/title>)*<meta http-equiv="Content-Security-Policy" content="[^"]+"><script>/,
    );
  });
});

describe('The first script', () => {
  const SUFFIXES = {
    'script-src': " 'wasm-unsafe-eval'",
    'style-src': " 'unsafe-inline'",
    'worker-src': ' blob:',
  };

  /** Runs the first script of a page at a URL. */
  function runAt(url: string, { hasStarted }: { hasStarted: boolean } = { hasStarted: true }) {
    const metas: { httpEquiv?: string; content?: string }[] = [];
    const root = { textContent: 'Drop files here' };
    let onLoad: () => void = () => undefined;
    const document = {
      createElement: () => ({}),
      head: { appendChild: (meta: object) => metas.push(meta) },
      getElementById: (id: string) => (id === 'root' ? root : null),
      documentElement: { hasAttribute: (name: string) => name === 'data-theme' && hasStarted },
    };
    const window = {
      addEventListener: (type: string, listener: () => void) =>
        (onLoad = type === 'load' ? listener : onLoad),
    };
    runInNewContext(firstScriptOf(vsix.text(pages[0]!)), { document, window, location: { href: url } });
    onLoad();
    return { metas, text: root.textContent };
  }

  test.each([
    ['https://p.gallerycdn.example/dist/form-group.html', 'https://p.gallerycdn.example/dist/'],
    ['http://tfs:8080/a%20b/dist/hub.html?x=/y/#/z', 'http://tfs:8080/a%20b/dist/'],
    ["http://tfs/a;b,c'd/page.html", "http://tfs/a%3Bb%2Cc'd/"],
    ['http://[::1]:4800/dist/page.html', "'self'"],
  ])('narrows the policy of %s to %s', (url, source) => {
    const content = Object.entries(SUFFIXES).map(([name, suffix]) => `${name} ${source}${suffix}`);
    expect(runAt(url).metas).toEqual([{ httpEquiv: 'Content-Security-Policy', content: content.join('; ') }]);
  });

  test('is the same on each page', () => {
    expect(new Set(pages.map((page) => firstScriptOf(vsix.text(page)))).size).toBe(1);
  });

  test('names the required browsers on a page that has not started, and only there', () => {
    expect(runAt('https://example.com/').text).toBe('Drop files here');
    // The versions are those of `browserslist`.
    const versions = sourceJson('package.json')['browserslist'] as readonly string[];
    const [chrome, edge, firefox, safari] = versions.map((each) => each.split(' ').at(-1));
    expect(edge).toBe(chrome);
    expect(runAt('https://example.com/', { hasStarted: false }).text).toContain(
      `Edge or Chrome ${chrome}, Firefox ${firefox}, Safari ${safari}, or newer`,
    );
  });
});

describe('The package', () => {
  test('contains the built pages, the task, the listing and the license, nothing else', () => {
    const expected =
      /^(?:dist\/[\w-]+\.(?:html|css|js|js\.LICENSE\.txt)|dist\/NOTICE\.txt|task\/(?:index\.js|task\.json|icon\.png|NOTICE\.txt)|static\/(?:icon\.png|attach-(?:light|dark)\.png|overview\.md|images\/[\w-]+\.(?:png|gif))|[\w-]+\/(?:extension\.vsomanifest|Extension\.vsixlangpack)|LICENSE)$/;
    const own = ['extension.vsixmanifest', 'extension.vsomanifest', '[Content_Types].xml'];
    expect(vsix.paths.filter((path) => !expected.test(path) && !own.includes(path))).toEqual([]);
  });

  test('contains the license of every bundled dependency', () => {
    const notice = vsix.text('dist/NOTICE.txt');
    const named = [...notice.matchAll(/^(\S+) \d+\.\d+\.\S+ \((.+)\)$/gm)].map(([, name, licence]) => ({
      name,
      licence,
    }));
    const dependencies = sourceJson('package.json')['dependencies'] as Record<string, string>;
    // Replaced by Preact, or types only (decisions 11 and 16).
    const notBundled = ['react', 'react-dom', 'azure-devops-extension-api'];
    const ours = Object.keys(dependencies).filter((name) => !notBundled.includes(name));
    expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(ours));
    // Files under this license stay as they are published.
    const unmodified = { name: 'mediabunny', licence: 'MPL-2.0' };
    expect(named).toContainEqual(unmodified);
    expect(
      named.filter(
        ({ name, licence = '' }) =>
          name !== unmodified.name &&
          !/^(?:MIT|MIT-0|ISC|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0)$/.test(licence),
      ),
    ).toEqual([]);
    expect(notice.match(/^-{80}$/gm)).toHaveLength(named.length);
  });

  test('names the change and the licenses of the data of pdf.js', () => {
    const notice = vsix.text('dist/NOTICE.txt');
    for (const text of [
      'Changed: marks for omitted content',
      'Adobe Systems',
      'Reserved Font Name Liberation',
      'PDFium Authors',
      'LICENSE_OPENJPEG',
    ])
      expect(notice).toContain(text);
  });

  test('bundles runtime dependencies only, no build or test package', () => {
    const named = [...vsix.text('dist/NOTICE.txt').matchAll(/^(\S+) (\d+\.\d+\.\S+) \(.+\)$/gm)];
    const { packages } = sourceJson('package-lock.json') as {
      packages: Record<string, { version?: string; dev?: boolean; devOptional?: boolean }>;
    };
    const shipped = new Set(
      Object.entries(packages)
        .filter(([, { dev, devOptional }]) => !dev && !devOptional)
        .map(([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`),
    );
    // The build tool adds a few lines of it to join style sheets.
    shipped.add(`css-loader ${packages['node_modules/css-loader']?.version}`);
    expect(named.length).toBeGreaterThan(0);
    expect(
      named.map(([, name, version]) => `${name} ${version}`).filter((each) => !shipped.has(each)),
    ).toEqual([]);
  });

  test('has a software bill of materials with each bundled package, and no other', () => {
    const { bomFormat, metadata, components } = sourceJson('out/stapler.sbom.json') as {
      bomFormat: string;
      metadata: { component: { name: string; version: string } };
      components: readonly {
        name: string;
        version: string;
        purl: string;
        licenses: readonly object[];
        hashes?: readonly { content: string }[];
      }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    expect(metadata.component).toMatchObject({
      name: 'stapler',
      version: sourceJson('package.json')['version'],
    });
    const named = ['dist/NOTICE.txt', 'task/NOTICE.txt'].flatMap((path) =>
      Array.from(vsix.text(path).matchAll(/^(\S+ \d+\.\d+\.\S+) \(.+\)$/gm), ([, text]) => text!),
    );
    expect(components.map(({ name, version }) => `${name} ${version}`)).toEqual([...new Set(named)].sort());
    for (const { purl, hashes, licenses } of components) {
      expect(purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\S+$/);
      expect(hashes?.[0]?.content).toMatch(/^[0-9a-f]{128}$/);
      expect(licenses).toHaveLength(1);
    }
  });

  test('contains no source map and no test', () => {
    expect(vsix.paths.filter((path) => /\.map$|\.test\.|\.tsx?$|emulator/.test(path))).toEqual([]);
    expect(found([...scripts, ...styles], /sourceMappingURL=.{0,60}/g)).toEqual([]);
  });

  test('contains no path of the build machine', () => {
    const here = [projectFolder, homedir()].filter((path) => path.length > 5).map(escape);
    const pattern = new RegExp(
      `${here.join('|')}|file:///|[A-Z]:\\\\\\\\?Users|/home/|node_modules/.{0,40}`,
      'g',
    );
    // Message of pdf.js about a file system, absent in browsers.
    const known = PDF_JS.map((path) => `${path}: /home/`);
    expect(found([...pages, ...scripts, ...styles], pattern).filter((path) => !known.includes(path))).toEqual(
      [],
    );
  });

  test('contains no web font', () => {
    expect(vsix.paths.filter((path) => /\.(?:woff2?|ttf|otf|eot)$/.test(path))).toEqual([]);
    expect(found(styles, /@font-face.{0,40}|@import.{0,40}/g)).toEqual([]);
    expect(found([...scripts, ...styles], /.{0,20}\.woff.{0,20}/g)).toEqual([]);
  });

  test('has styles with relative or data URLs only', () => {
    expect(found(styles, /url\((?!["']?(?:data:|[\w.-]+[\w/.-]*["']?\)|#)).{0,40}/g)).toEqual([]);
  });

  test('creates no code from text', () => {
    // es6-promise without `self` and `global`: unreachable in browsers.
    const known = /Function\("return this"\)\(\)/;
    const made = found(ours, /(?<![\w.$])(?:eval|Function)\(.{0,30}/g);
    expect(made.filter((match) => !known.test(match))).toEqual([]);
  });

  test('contains no dynamic import', () => {
    // The archive library can import a codec by URL; Stapler passes none. A worker imports its own script, and webpack
    // the chunks of that, from the folder of the page.
    const known =
      /Invalid codec module.{0,150}await import\(\w\)|importScripts\((?:staplerFolder\+\$\{JSON\.stringify\(\w\)\}|\w\.p\+\w\.u\(\w\))\)/;
    const loads = found(
      ours,
      /(?:Invalid codec module.{0,150})?(?<![\w.$])import\s?[(.].{0,40}|importScripts\(.{0,40}/g,
    );
    expect(loads.filter((match) => !known.test(match))).toEqual([]);
  });
});

/** URLs of other origins allowed in a bundle, since nothing is loaded from them. */
const harmless: readonly RegExp[] = [
  // XML namespaces, used by React for SVG elements.
  /^http:\/\/www\.w3\.org\/(?:1999\/xhtml|1999\/xlink|2000\/svg|2000\/xmlns\/|1998\/Math\/MathML|XML\/1998\/namespace)$/,
  // The names of XMP data in an image file.
  /^http:\/\/ns\.adobe\.com\/(?:xap\/1\.0|photoshop\/1\.0|xmp\/1\.0\/DynamicMedia|xmp\/extension)\/$/,
  /^http:\/\/iptc\.org\/std\/(?:Iptc4xmpCore\/1\.0\/xmlns|Iptc4xmpExt\/2008-02-29)\/$/,
  // The schema that a policy names for editors.
  /^https:\/\/raw\.githubusercontent\.com\/stapler-extension\/stapler\/main\/packages\/cli\/policy\.schema\.json$/,
  // Links in error messages of React.
  /^https:\/\/reactjs\.org\/docs\/error-decoder\.html\?invariant=$/,
  /^https:\/\/fb\.me\/react-polyfills$/,
  // The origin named by a question that only the probe asks.
  /^https:\/\/stapler\.gallerycdn\.vsassets\.io$/,
  // Links in warnings of highlight.js.
  /^https:\/\/github\.com\/highlightjs\/highlight\.js\/(?:issues\/2277|wiki\/security)$/,
  // Links in warnings of mediabunny.
  /^https:\/\/(?:www\.webmproject\.org\/vp9\/mp4|aomediacodec\.github\.io\/av1-isobmff|www\.w3\.org\/TR\/webcodecs-\w+-codec-registration)\/\.$/,
  // A link for the reader of a message.
  /^https:\/\/github\.com\/stapler-extension\/stapler\/blob\/main\/docs\/troubleshooting\.md#[\w-]+$/,
  /^https:\/\/github\.com\/stapler-extension\/stapler\/issues\/new\?\$\{\w+\}$/,
];

test('The pages contain no other origin', () => {
  const addresses = [...pages, ...ours, ...styles].flatMap((path) =>
    [...vsix.text(path).matchAll(/\b(?:https?|wss?):\/\/[\w$[][^\s"'`)<>\\]*/g)].map(([url]) => url),
  );
  expect(addresses.filter((url) => !harmless.some((pattern) => pattern.test(url)))).toEqual([]);
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
