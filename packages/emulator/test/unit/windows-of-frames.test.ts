import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../src';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ extensionFolder: join(__dirname, '../../../..') });
});
afterAll(() => emulator.close());

test.each([
  ['', null],
  ['?windowsOfFrames=connected', null],
  ['?windowsOfFrames=severed', 'same-origin'],
  ['fabrikam/Fabrikam/_workitems/edit/7?windowsOfFrames=severed', 'same-origin'],
])('the page at %s has the opener policy %s', async (address, policy) => {
  const { headers } = await fetch(emulator.hostUrl + address);
  expect(headers.get('cross-origin-opener-policy')).toBe(policy);
});
