// The declaration of a package without types is no module.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="../../../../helpers/har-schema.d.ts" />
import { isIPv4, isIPv6 } from 'node:net';
import Ajv from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import schemas from 'har-schema';
import { maskHar } from '../../../../../src/upload/rules/secrets/mask-har';
import { RandomTexts, githubToken, jwt } from '../../../../helpers/planted-secrets';
import { harEntry, harOf, sampleHar } from '../../../../helpers/sample-har';

const formats = { ipv4: isIPv4, ipv6: isIPv6, uri: true, date: true, 'date-time': true } as const;
const ajv = new Ajv({ strict: false, formats });
ajv.addMetaSchema(draft6);
for (const schema of Object.values(schemas)) ajv.addSchema(schema);

function expectHar(text: string): void {
  const isValid = ajv.validate('har.json#', JSON.parse(text));
  expect([isValid, ajv.errors]).toEqual([true, null]);
}

/** A HAR with 40 secrets in all its places. */
function plantedHar(): { readonly text: string; readonly secrets: readonly string[] } {
  const random = new RandomTexts(11);
  const secrets: string[] = [];
  const secret = (value = random.mixed(24)): string => {
    secrets.push(value);
    return value;
  };
  const named = (name: string, value: string): object => ({ name, value });
  const content = (mimeType: string, text: string, more: object = {}): object => ({
    status: 200,
    statusText: 'OK',
    ...{
      httpVersion: 'h2',
      cookies: [named('sid', secret())],
      headersSize: -1,
      bodySize: -1,
      redirectURL: '',
    },
    headers: [
      named('Set-Cookie', `sid=${secret()}; HttpOnly`),
      named('X-CSRF-Token', secret()),
      named('Content-Type', mimeType),
      named('Location', `https://example.com/#access_token=${secret()}&state=1`),
    ],
    content: { size: text.length, mimeType, text, ...more },
  });
  const request = (more: object): object => ({
    method: 'POST',
    url: `https://ada:${secret()}@example.com/a?api_key=${secret()}&page=2`,
    ...{ httpVersion: 'h2', headersSize: -1, bodySize: -1 },
    cookies: [named('auth', secret())],
    headers: [
      named('Authorization', `Bearer ${secret()}`),
      named('cookie', `auth=${secret()}`),
      named('X-Api-Key', secret()),
      named('Referer', `https://example.com/?id_token=${secret()}`),
      named('Accept', '*/*'),
    ],
    queryString: [named('api_key', secret()), named('page', '2')],
    ...more,
  });
  const json = {
    user: 'ada',
    password: secret(),
    inner: [{ refresh_token: secret(), count: 12 }],
    log: `x ${secret(githubToken(random))}`,
  };
  const answer = {
    access_token: secret(jwt(random)),
    nested: JSON.stringify({ client_secret: secret() }),
    tokenCount: 7,
  };
  const encoded = Buffer.from(JSON.stringify({ token: random.mixed(24), page: 1 })).toString('base64');
  secrets.push(encoded);
  const entries = [
    harEntry('https://example.com/', 0, {
      request: request({ postData: { mimeType: 'application/json', text: JSON.stringify(json) } }),
      response: content('application/json', JSON.stringify(answer)),
    }),
    harEntry('https://example.com/', 5, {
      request: request({
        postData: {
          mimeType: 'application/x-www-form-urlencoded',
          params: [named('password', secret()), named('user', 'ada')],
          text: `user=ada&password=${secret()}&code=${secret()}`,
        },
      }),
      response: content('application/json', encoded, { encoding: 'base64' }),
      _webSocketMessages: [
        { type: 'send', time: 1, opcode: 1, data: JSON.stringify({ sessionToken: secret() }) },
      ],
    }),
    harEntry('https://example.com/', 9, {
      request: {
        ...{
          method: 'POST',
          url: `https://example.com/?sig=${secret()}`,
          httpVersion: 'h2',
          headersSize: -1,
          bodySize: -1,
        },
        ...{
          cookies: [],
          headers: [
            named('X-Auth-Token', secret()),
            named('x-ms-client-principal', secret()),
            named('X-Password', secret()),
            named('X-Note', secret(githubToken(random))),
          ],
          queryString: [],
        },
        postData: {
          mimeType: 'multipart/form-data; boundary=b',
          text: `--b\r\nContent-Disposition: form-data; name="api_secret"\r\n\r\n${secret()}\r\n--b--`,
        },
      },
    }),
  ];
  return { text: harOf(entries), secrets };
}

it('40 of 40 planted tokens are gone, and the HAR is valid', () => {
  const { text, secrets } = plantedHar();
  expect(secrets).toHaveLength(40);
  expect(secrets.filter((secret) => !text.includes(secret))).toEqual([]);
  expectHar(text);
  const masked = maskHar(text)!;
  expectHar(masked.text);
  expect(secrets.filter((secret) => masked.text.includes(secret))).toEqual([]);
  expect(Object.values(masked.counts).reduce((sum, count) => sum + count)).toBe(secrets.length);
  for (const count of Object.values(masked.counts)) expect(count).toBeGreaterThan(0);
});

it('All but the secrets of a HAR stays', () => {
  const masked = maskHar(plantedHar().text)!.text;
  for (const kept of [
    '"user\\":\\"ada\\"',
    '"page","value":"2"',
    '\\"tokenCount\\":7',
    '"Accept"',
    'page=2',
    'name=\\"api_secret\\"',
  ])
    expect(masked).toContain(kept);
  const again = maskHar(masked)!;
  expect(again.text).toBe(masked);
  expect(Object.values(again.counts).every((count) => count === 0)).toBe(true);
});

it('A HAR without secrets stays the same text, also an indented one', () => {
  const har = JSON.parse(harOf([harEntry('https://example.com/?page=1', 0)])) as unknown;
  for (const indent of [undefined, 2, '\t']) {
    const text = JSON.stringify(har, undefined, indent);
    expect(maskHar(text)?.text).toBe(text);
  }
});

it('The sample of the viewer loses its token and stays valid', () => {
  const masked = maskHar(sampleHar())!;
  expect(masked.counts.header + masked.counts.parameter).toBeGreaterThan(0);
});

it.each(['', '{', '[]', '{"log":{}}', '{"log":{"entries":{}}}', 'null'])('%j is no HAR', (text) => {
  expect(maskHar(text)).toBeUndefined();
});
