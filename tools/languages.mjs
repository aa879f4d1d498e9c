import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** Folder of the manifest's translations: `<tag>/resources.resjson`, by their paths in the manifest. */
const folder = join(root, 'static/strings');

/** Id of the contribution of the pipeline task. */
const TASK_ID = 'attach-task';

/**
 * Adds the translated manifests to a package, in the format and order of `tfx --loc-root`. That option needs
 * the texts as resources of the manifest, and writes a wrong content type for them on Linux.
 *
 * @param {Record<string, Uint8Array>} entries Files of the package by their paths.
 * @returns {Record<string, Uint8Array>} The same, with the translations.
 * @throws Error for a text missing in the manifest
 */
export function addLanguages(entries) {
  const manifest = JSON.parse(decode(entries['extension.vsomanifest']));
  const added = {};
  for (const tag of readdirSync(folder).sort()) {
    const texts = JSON.parse(readFileSync(join(folder, tag, 'resources.resjson'), 'utf8'));
    added[`${tag}/extension.vsomanifest`] = encode(JSON.stringify(translate(manifest, texts), undefined, 4));
    added[`${tag}/Extension.vsixlangpack`] = encode(languagePack(texts));
  }
  return {
    ...entries,
    ...added,
    'extension.vsixmanifest': encode(nameManifests(decode(entries['extension.vsixmanifest']), added)),
  };
}

/** The manifest with the texts of its contributions in their places. */
function translate(manifest, texts) {
  const translated = structuredClone(manifest);
  for (const [path, text] of Object.entries(texts)) {
    const [, id, ...names] = /^contributions\.([^.]+)\.(?:(properties)\.)?(\w+)$/.exec(path) ?? [];
    // The other two stand in the language pack.
    if (id === undefined) continue;
    const key = names.pop();
    const contribution = translated.contributions.find((each) => each.id === id);
    // A package can be without the pipeline task.
    if (!contribution && id === TASK_ID) continue;
    const place = names[0] ? contribution?.[names[0]] : contribution;
    if (typeof place?.[key] !== 'string') throw new Error(`The manifest has no text ${path}.`);
    place[key] = text;
  }
  return translated;
}

/** Name and description in the marketplace. */
function languagePack({ name, description }) {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<VsixLanguagePack Version="1.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema-lp/2010">',
    `  <LocalizedName>${escapeXml(name)}</LocalizedName>`,
    `  <LocalizedDescription>${escapeXml(description)}</LocalizedDescription>`,
    '  <LocalizedReleaseNotes/>',
    '  <License/>',
    '  <MoreInfoUrl/>',
    '</VsixLanguagePack>',
    '',
  ].join('\n');
}

/** Names each manifest in `added` as the one of its language. */
function nameManifests(vsixManifest, added) {
  const assets = Object.keys(added)
    .filter((path) => path.endsWith('.vsomanifest'))
    .map(
      (path) =>
        `    <Asset Lang="${path.split('/')[0]}" Type="Microsoft.VisualStudio.Services.Manifest" d:Source="File" Path="${path}" Addressable="true"/>\n`,
    );
  return vsixManifest.replace(/<Assets>\n/, (start) => `${start}${assets.join('')}`);
}

/** Page script of the pseudo languages for tests, loaded on demand. */
const pseudoLanguage = 'dist/pseudo.js';

/**
 * Removes the pseudo languages from a package. Without them, their cultures show English.
 *
 * @param {Record<string, Uint8Array>} entries Files of the package by their paths.
 * @returns {Record<string, Uint8Array>} The others.
 */
export function removePseudoLanguages(entries) {
  const kept = Object.entries(entries).filter(([path]) => path !== pseudoLanguage);
  const manifest = decode(entries['extension.vsixmanifest']);
  const others = manifest.split('\n').filter((line) => !line.includes(`Path="${pseudoLanguage}"`));
  return { ...Object.fromEntries(kept), 'extension.vsixmanifest': encode(others.join('\n')) };
}

function escapeXml(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function decode(bytes) {
  return new TextDecoder().decode(bytes);
}

function encode(text) {
  return new TextEncoder().encode(text);
}
