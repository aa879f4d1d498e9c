import { partitionOf } from '../../../../../src/upload/recovery/journal/browser-journal';
import { HostError } from '../../../../../src/base/errors';
import { createTestHost } from '../../../../helpers/host';

/** Session token with this payload. */
function tokenWith(payload: object): string {
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `eyJhbGciOiJSUzI1NiJ9.${text}.c2lnbmF0dXJl`;
}

const PERSON = { id: 'me', descriptor: 'aad.me' };

test('partitionOf names the organization and the person, without a token', async () => {
  const host = createTestHost();
  host.getPerson.mockReturnValue(PERSON);
  host.getOrganization.mockReturnValue('fabrikam');
  expect(await partitionOf(host)).toBe('["fabrikam","me"]');
  expect(host.getToken).not.toHaveBeenCalled();
});

test('partitionOf finds the person in the token if the handshake has no user', async () => {
  const host = createTestHost();
  host.getToken.mockResolvedValue(tokenWith({ nameid: 'me', note: 'ÿ~~?' }));
  expect(await partitionOf(host)).toBe('["https://dev.azure.com/fabrikam/","me"]');
});

test.each([
  ['is opaque', () => Promise.resolve('c29tZXRoaW5n')],
  ['names no user', () => Promise.resolve(tokenWith({ nameid: '' }))],
  ['has another payload', () => Promise.resolve('a.bnVsbA.b')],
  ['is refused', () => Promise.reject(new HostError('No token.'))],
])('partitionOf is undefined if the token %s, since file names are private', async (_, getToken) => {
  const host = createTestHost();
  host.getToken.mockImplementation(getToken);
  expect(await partitionOf(host)).toBeUndefined();
});
