import { join, relative } from 'node:path';
import { readManifest } from 'azure-devops-emulator/manifest';
import { CommandError, handleErrors } from '../command.mjs';
import { createDevServer } from './dev-server';
import { keptCertificate } from './kept-certificate';

const folder = join(__dirname, '../..');
const port = Number(process.argv[2]);

handleErrors();
void main();

async function main(): Promise<void> {
  const certificate = await keptCertificate(join(folder, 'out/certificate'));
  const server = await createDevServer(folder, await readManifest(folder), certificate);
  try {
    await server.listen({ port, host: 'localhost' });
  } catch (error) {
    throw isPortTaken(error)
      ? new CommandError(
          `Port ${port} is in use.`,
          'Stop the program that uses it, or choose another with --port.',
        )
      : error;
  }
  const path = relative(folder, certificate.path);
  console.log(`Stapler is served from https://localhost:${port}/, with the certificate ${path}.`);
  if (certificate.isNew)
    console.log('The certificate is new: let your browser trust it (docs/development.md).');
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
    process.once(end, () => void server.close().then(() => process.exit(0)));
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
