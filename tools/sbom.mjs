import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** Lists of the packages in the bundles, in a package of Stapler. */
const NOTICES = ['dist/NOTICE.txt', 'task/NOTICE.txt'];

/** First line of a notice: `mediabunny 1.24.0 (MPL-2.0)`. */
const HEADING = /^(\S+) (\d+\.\d+\.\S+) \((.+)\)$/gm;

/**
 * Writes the software bill of materials of a package beside it, in CycloneDX: `stapler.sbom.json` for `stapler.vsix`. It
 * names what the bundles contain. The same package gives the same bytes.
 *
 * @param {string} vsix Path of the package.
 * @param {Record<string, Uint8Array>} entries Its files by their paths.
 * @param {{ version: string, publisher: string }} manifest
 */
export function writeSbom(vsix, entries, { version, publisher }) {
  const notices = NOTICES.flatMap((path) => (entries[path] ? [new TextDecoder().decode(entries[path])] : []));
  const headings = notices.flatMap((notice) => [...notice.matchAll(HEADING)]);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const components = new Map(
    headings.map((heading) => [heading[0], describePackage(heading, lock.packages)]),
  );
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        name: 'stapler',
        version,
        publisher,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: [...components.keys()].sort().map((key) => components.get(key)),
  };
  writeFileSync(`${vsix.replace(/\.vsix$/, '')}.sbom.json`, `${JSON.stringify(sbom, undefined, 2)}\n`);
}

/**
 * Returns a package as a component.
 *
 * @param {RegExpMatchArray} heading
 * @param {Record<string, { version?: string, integrity?: string }>} installed Packages of the lock file.
 * @throws Error for a package that the lock file lacks
 */
function describePackage([, name, version, license], installed) {
  const found = Object.entries(installed).find(
    ([path, each]) => path.endsWith(`node_modules/${name}`) && each.version === version,
  );
  if (!found) throw new Error(`${name} ${version} is in NOTICE.txt, but not in package-lock.json.`);
  // Subresource integrity, whose hash is in Base64.
  const [, hash] = /^sha512-(.+)$/.exec(found[1].integrity ?? '') ?? [];
  return {
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    ...(hash && { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
  };
}
