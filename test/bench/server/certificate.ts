import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and its certificate, both as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes a certificate that nobody vouches for; it lives in memory and lasts a day. */
export function createCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const name = sequence(set(sequence(COMMON_NAME, der(UTF8_STRING, Buffer.from('127.0.0.1')))));
  const toBeSigned = sequence(
    der(INTEGER, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - DAY_MS), utcTime(now + DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', toBeSigned, privateKey)]);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(toBeSigned, ECDSA_WITH_SHA256, der(BIT_STRING, signature))),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Tags of DER (ITU-T X.690), the notation of certificates (RFC 5280). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;

/** 2.5.4.3. */
const COMMON_NAME = der(OBJECT_IDENTIFIER, Buffer.from([0x55, 0x04, 0x03]));

/** 1.2.840.10045.4.3.2. */
const ECDSA_WITH_SHA256 = sequence(
  der(OBJECT_IDENTIFIER, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])),
);

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(SEQUENCE, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
  return der(SET, part);
}

/** `YYMMDDhhmmssZ`. */
function utcTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '');
  return der(UTC_TIME, Buffer.from(text.slice(2)));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
