import fc from 'fast-check';
import { redact } from '../../../src/base/redact';

const JWT = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiI0OTliODRhYy0xMzIxIn0.c2lnbmF0dXJl-_x';
const PAT = '4fk2v7ghsl6gyzaqmyoclh5j2gq6c6xzz7bkn3m4l5j6h7g8f9dq';

test.each([
  ['TF237082: The file is larger than (60.000 MB(s)).', 'TF237082: The file is larger than (60.000 MB(s)).'],
  ['Basic authentication is off.', 'Basic authentication is off.'],
  ['It was sent with Basic OjRmazJ2N2doc2w=', 'It was sent with Basic [removed]'],
  ['It was sent “Bearer abc.def-ghi”.', 'It was sent “Bearer [removed]'],
  ['authorization: bearer abc', 'authorization: bearer [removed]'],
  [`A token ${JWT} expired.`, 'A token [removed] expired.'],
  ['A token eyJ0eXAiOiJKV1Qi was cut off.', 'A token [removed] was cut off.'],
  [`VS1: ${PAT} is no longer good`, 'VS1: [removed] is no longer good'],
  ['See https://dev.azure.com/fabrikam/_apis/wit/attachments?sig=abc now', 'See [address] now'],
  ['It is at https://dev.azure.com/fabrikam/?sig=abc.', 'It is at [address].'],
  ['POST _apis/wit/attachments?fileName=a.txt&token=x failed', 'POST _apis/wit/attachments failed'],
  ['access_token=abc&more', 'access_token=[removed]&more'],
  ['{"password":"abc"}', '{"password":"[removed]"}'],
  [
    'Activity 8f0a3a26-5f6f-4c9d-9f4e-1f2f3a4b5c6d failed with code 404.',
    'Activity 8f0a3a26-5f6f-4c9d-9f4e-1f2f3a4b5c6d failed with code 404.',
  ],
  ['Really? Yes.', 'Really? Yes.'],
])('redact cleans: %s', (text, clean) => {
  expect(redact(text)).toBe(clean);
});

test('redact finds a token anywhere in a text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom(JWT, PAT), (before, after, token) => {
      expect(redact(`${before} ${token} ${after}`)).not.toContain(token);
    }),
  );
});

test('redact keeps its own result unchanged', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(redact(redact(text))).toBe(redact(text));
    }),
  );
});
