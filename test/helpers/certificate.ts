import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and its certificate, both as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Creates a self-signed certificate for `localhost` and loopback addresses. It is safe to trust: it cannot sign others.
 *
 * @param days - validity from now on; a clock may be a day behind
 */
export function createCertificate(days: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const name = sequence(der(SET, sequence(COMMON_NAME, der(UTF8_STRING, Buffer.from('localhost')))));
  const toBeSigned = sequence(
    VERSION_3,
    // Firefox refuses a second certificate of the same name and number.
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - DAY_MS), utcTime(now + days * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(CONTEXT_3, sequence(...EXTENSIONS)),
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
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT_0 = 0xa0;
const CONTEXT_3 = 0xa3;

/** Within a list of alternative names. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** Counted from 0. */
const VERSION_3 = der(CONTEXT_0, der(INTEGER, Buffer.from([2])));

/** 2.5.4.3. */
const COMMON_NAME = der(OBJECT_IDENTIFIER, Buffer.from([0x55, 0x04, 0x03]));

/** 1.2.840.10045.4.3.2. */
const ECDSA_WITH_SHA256 = sequence(
  der(OBJECT_IDENTIFIER, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])),
);

/** 1.3.6.1.5.5.7.3.1. */
const SERVER_AUTHENTICATION = der(
  OBJECT_IDENTIFIER,
  Buffer.from([0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01]),
);

/** 127.0.0.1, 127.0.0.2 and `::1`: an emulator without IPv6 needs the second one. */
const LOOPBACK_ADDRESSES = [
  [127, 0, 0, 1],
  [127, 0, 0, 2],
  [...Array<number>(15).fill(0), 1],
];

const EXTENSIONS = [
  // Basic constraints, 2.5.29.19: no authority.
  extension([0x55, 0x1d, 0x13], sequence()),
  // Extended key usage, 2.5.29.37.
  extension([0x55, 0x1d, 0x25], sequence(SERVER_AUTHENTICATION)),
  // Subject alternative name, 2.5.29.17: browsers ignore other names.
  extension(
    [0x55, 0x1d, 0x11],
    sequence(
      der(DNS_NAME, Buffer.from('localhost')),
      ...LOOPBACK_ADDRESSES.map((bytes) => der(IP_ADDRESS, Buffer.from(bytes))),
    ),
  ),
];

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(der(OBJECT_IDENTIFIER, Buffer.from(id)), der(OCTET_STRING, value));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(SEQUENCE, Buffer.concat(parts));
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
