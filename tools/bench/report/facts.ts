import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Machine, versions and method, as context for the figures. */
export function gatherFacts(browserProduct: string): string[] {
  const gib = Math.round(totalmem() / 1024 ** 3);
  return [
    `Machine: ${cpus().length} cores, ${gib} GiB, ${process.platform}; server, driver and browser share it`,
    `Stapler ${versionIn('package.json')}`,
    `Node ${process.versions.node}, ${browserProduct.replace('/', ' ')} (headless, a fresh profile for each run)`,
    `Peers: ${PEERS.map((name) => `${name} ${versionIn(`node_modules/${name}/package.json`)}`).join(', ')}`,
    'Driven over a bare DevTools pipe with the network inspection off; every body is a `File` from the disk, sparse and in the cache of the system',
    'Page and server on two origins; a preflight is answered like any other request and kept for an hour',
  ];
}

const PEERS = ['@uppy/core', '@uppy/xhr-upload', 'tus-js-client'];

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
