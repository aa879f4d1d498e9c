import { crc32 } from 'node:zlib';

/** Characters of tokens. */
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const WORD = UPPER + LOWER + DIGITS;
const HEX = `${DIGITS}abcdef`;

/** Random texts; the same seed gives the same ones. */
export class RandomTexts {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  number(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  of(characters: string, length: number): string {
    return Array.from({ length }, () => characters[this.number(characters.length)]!).join('');
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.number(256)));
  }

  /** Words with a capital, a small letter and a digit. */
  mixed(length: number): string {
    return `${this.of(WORD, length - 3)}a7Q`;
  }
}

/** A secret, and a line with it. */
export interface Planted {
  readonly rule: string;
  readonly secret: string;
  readonly line: string;
}

/** Returns a JSON Web Token. */
export function jwt(random: RandomTexts): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = part({ sub: random.of(DIGITS, 10), name: 'Ada' });
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}.${random.bytes(32).toString('base64url')}`;
}

/** Returns a token of GitHub with its checksum. */
export function githubToken(random: RandomTexts): string {
  const body = random.of(WORD, 30);
  const alphabet = DIGITS + UPPER + LOWER;
  let rest = checksum(body);
  let digits = '';
  for (let index = 0; index < 6; index++) {
    digits = alphabet[rest % 62]! + digits;
    rest = Math.floor(rest / 62);
  }
  return `ghp_${body}${digits}`;
}

function checksum(text: string): number {
  if (typeof crc32 === 'function') return crc32(text);
  let crc = ~0;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Returns a card number with its check digit. */
function cardNumber(random: RandomTexts, start: string, length: number): string {
  const digits = start + random.of(DIGITS, length - start.length - 1);
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** Returns an IBAN with its check digits. */
function iban(country: string, account: string): string {
  const text = Array.from(`${account}${country}00`, (char) => String(parseInt(char, 36))).join('');
  return `${country}${String(98n - (BigInt(text) % 97n)).padStart(2, '0')}${account}`;
}

function privateKey(random: RandomTexts, kind: string, separator = '\n'): string {
  const lines = Array.from({ length: 12 }, () => random.bytes(48).toString('base64'));
  const dashes = '-'.repeat(5);
  return [`${dashes}BEGIN ${kind}KEY${dashes}`, ...lines, `${dashes}END ${kind}KEY${dashes}`].join(separator);
}

/** Returns 60 secrets of all rules. They are built from parts, so that no scanner of repositories finds them here. */
export function plantedSecrets(seed: number): readonly Planted[] {
  const random = new RandomTexts(seed);
  const planted: Planted[] = [];
  const add = (rule: string, secret: string, line = `2026-03-14 INFO value ${secret} used`): void => {
    planted.push({ rule, secret, line: line.replace('§', () => secret) });
  };
  const base32 = `${UPPER}234567`;
  const url = `${WORD}-_`;
  add('private-key', privateKey(random, 'RSA PRIVATE '));
  add('private-key', privateKey(random, 'PRIVATE '));
  add('private-key', privateKey(random, 'OPENSSH PRIVATE ', '\\n'));
  for (const start of ['AKIA', 'ASIA']) add('aws-access-key', start + random.of(base32, 16));
  add('aws-secret-key', random.mixed(40), 'aws_secret_access_key = §');
  add('aws-secret-key', random.mixed(40), '{"SecretAccessKey": "§"}');
  for (const before of ['AccountName=shop;AccountKey=', '"accountKey": "'])
    add('azure-storage-key', random.bytes(64).toString('base64'), `${before}§;`);
  for (const name of ['SharedAccessKeyName=all;SharedAccessKey=', 'shared_access_key: '])
    add('azure-shared-access-key', random.bytes(32).toString('base64'), `${name}§`);
  const sas = 'https://shop.blob.core.windows.net/a?sv=2024-11-04&se=2027-01-01&sig=§';
  add('azure-sas', encodeURIComponent(random.bytes(32).toString('base64')), sas);
  add('azure-sas', random.of(url, 43), 'https://x.logic.azure.com/workflows/1?api-version=1&sig=§');
  const mark = `AZDO`;
  add('azure-devops-token', `${random.mixed(52)}JQQJ99${random.of(WORD, 18)}${mark}${random.of(WORD, 4)}`);
  add('azure-devops-token', `${random.mixed(76)}${mark}${random.of(WORD, 4)}`, 'AZURE_DEVOPS_EXT_PAT=§');
  for (let index = 0; index < 2; index++) add('azure-devops-token', `${random.of(`${LOWER}234567`, 51)}7`);
  add('azure-key', `${random.mixed(42)}AzSeA${random.of(WORD, 5)}`);
  add('azure-key', `${random.mixed(76)}+ASt${random.of(WORD, 6)}==`);
  add('azure-client-secret', `${random.of(WORD, 3)}8Q~${random.mixed(34)}`);
  const teams = `https://shop.webhook.office.com/webhookb2/${guid(random)}%${guid(random)}/IncomingWebhook/§`;
  add('teams-webhook', `${random.of(HEX, 32)}/${guid(random)}`, teams.replace('%', '@'));
  add('google-api-key', `AIza${random.mixed(35)}`);
  add('google-client-secret', `GOCSPX-${random.mixed(28)}`);
  add('google-access-token', `ya29.${random.mixed(120)}`);
  for (let index = 0; index < 2; index++) add('github-token', githubToken(random));
  add('github-token', `github_pat_${random.of(WORD, 22)}_${random.mixed(59)}`);
  add('gitlab-token', `glpat-${random.mixed(20)}`);
  add('gitlab-token', `glrt-${random.mixed(24)}`);
  add('npm-token', `npm_${random.mixed(36)}`, '//registry.npmjs.org/:_authToken=§');
  add('nuget-key', `oy2${random.of(LOWER + DIGITS, 43)}`);
  add('pypi-token', `pypi-AgEIcHlwaS5vcmc${random.mixed(70)}`);
  add('docker-token', `dckr_pat_${random.mixed(27)}`);
  add('slack-token', `xoxb-${random.of(DIGITS, 12)}-${random.of(DIGITS, 12)}-${random.mixed(24)}`);
  const slack = `https://hooks.slack.com/services/T${random.of(UPPER, 9)}/B${random.of(UPPER, 9)}/§`;
  add('slack-webhook', random.mixed(24), slack);
  add('stripe-key', `sk_live_${random.mixed(24)}`);
  add('stripe-key', `rk_test_${random.mixed(99)}`);
  add('sendgrid-key', `SG.${random.mixed(22)}.${random.mixed(43)}`);
  add('shopify-token', `shpat_${random.of(HEX, 32)}`);
  add('digitalocean-token', `dop_v1_${random.of(HEX, 64)}`);
  add('telegram-token', `${random.of(DIGITS.slice(1), 10)}:AA${random.mixed(33)}`);
  add('huggingface-token', `hf_${random.of(UPPER + LOWER, 34)}`);
  add('openai-key', `sk-proj-${random.mixed(48)}T3BlbkFJ${random.mixed(48)}`);
  add('anthropic-key', `sk-ant-api03-${random.mixed(95)}`);
  for (const line of ['token §', '{"id_token":"§"}']) add('jwt', jwt(random), line);
  const basic = Buffer.from(`ada:${random.mixed(12)}`).toString('base64');
  add('basic-authentication', basic, 'Authorization: Basic §');
  add('bearer-token', random.mixed(40), '"authorization": "Bearer §"');
  for (const scheme of ['postgres', 'https', 'amqp'])
    add('url-password', random.mixed(12), `${scheme}://ada:§@db.example.com/shop`);
  const server = 'Server=tcp:shop.database.windows.net;User ID=ada;Password=§;Encrypt=True';
  add('connection-string', random.mixed(14), server);
  add('connection-string', random.mixed(10), 'Data Source=db;Initial Catalog=shop;Uid=ada;Pwd=§;');
  add('api-key', random.mixed(32), 'client_secret: "§"');
  add('api-key', random.mixed(28), 'export API_KEY=§');
  add('card-number', cardNumber(random, '4539', 16), 'paid with §, approved');
  add('card-number', cardNumber(random, '5425', 16).replace(/(?=(?:\d{4})+$)\B/g, ' '));
  add('card-number', cardNumber(random, '37', 15));
  add('iban', iban('DE', random.of(DIGITS, 18)));
  add('iban', iban('GB', `NWBK${random.of(DIGITS, 14)}`).replace(/(?<=^(?:.{4})+)(?!$)/g, ' '), 'to § EUR');
  return planted;
}

/** Returns a random GUID. */
function guid(random: RandomTexts): string {
  return [8, 4, 4, 4, 12].map((length) => random.of(HEX, length)).join('-');
}

/** Returns the lines of logs without secrets: GUIDs, hashes, base64, code, stack traces and times. */
export function harmlessLog(seed: number, bytes: number): string {
  const random = new RandomTexts(seed);
  const makers: readonly (() => string)[] = [
    () =>
      `request ${guid(random)} took ${random.number(9_000)} ms, trace ${random.of(HEX, 32)}-${random.of(HEX, 16)}`,
    () => `commit ${random.of(HEX, 40)} tree ${random.of(HEX, 40)}`,
    () => `sha256:${random.of(HEX, 64)} ${random.of(HEX.toUpperCase(), 64)}`,
    () => `integrity sha512-${random.bytes(64).toString('base64')}`,
    () => `etag "${random.bytes(24).toString('base64')}" id=${random.bytes(16).toString('base64url')}`,
    () => `body data:image/png;base64,${random.bytes(300).toString('base64')}`,
    () =>
      `!function(e,t){"use strict";var n=e.password,r=t.token||{};for(var i=0;i<n.length;i++)r[i]=${random.of(LOWER, 3)}(n[i],0x${random.of(HEX, 8)})}(window,document);`,
    () =>
      `   at Shop.Orders.${random.of(LOWER, 9)}.<>c__DisplayClass${random.number(40)}_0.<Run>b__${random.number(9)}() in C:\\src\\Orders.cs:line ${random.number(900)}`,
    () =>
      `    at Object.<anonymous> (https://example.com/app.${random.of(HEX, 20)}.js:1:${random.number(99_999)})`,
    () =>
      `order ${random.number(1_000_000_000)} at ${1_700_000_000_000 + random.number(1_000_000_000)}, ticks 638000000000${random.of(DIGITS, 6)}`,
    () =>
      `spanId=17${random.of(DIGITS, 17)} snowflake=13${random.of(DIGITS, 17)} epoch ${1_700_000_000_000_000 + random.number(999_999_999)}`,
    () => `password=*** token=<removed> Authorization: Bearer *** pwd: \${PASSWORD} Server=x;Password={0};`,
    () =>
      `GET https://user@example.com:8080/path?code=${random.number(999)}&x=${random.of(WORD, 12)} HTTP/1.1 200`,
    () => `user changed the password = successful; secret_key: "see the vault"; api_key_id=${guid(random)}`,
    () =>
      `<Cookie name="session" value="${guid(random)}"/> key ${random.of(UPPER, 12)}_${random.of(UPPER, 8)}`,
    () => `W/"${random.of(WORD, 27)}" cache/${random.of(WORD, 30)}/${random.of(WORD, 11)}.js`,
    () =>
      `Thumbprint ${random.of(HEX.toUpperCase(), 40)} Serial ${random.of(HEX.toUpperCase(), 32)} ${random.of(HEX.toUpperCase(), 16)}`,
  ];
  const lines: string[] = [];
  for (let length = 0; length < bytes;) {
    const time = new Date(1_773_500_000_000 + length).toISOString();
    const line = `${time} [${random.number(64)}] ${makers[random.number(makers.length)]!()}`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}
