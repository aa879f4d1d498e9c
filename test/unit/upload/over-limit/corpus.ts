import { createCipheriv, createHash } from 'node:crypto';

/** Bytes that do not compress, equal each time. */
export function noise(length: number, seed = 'noise'): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** Integers from 0 to `below` - 1 in an order that looks random. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function lines(
  length: number,
  seed: number,
  line: (index: number, next: (below: number) => number) => string,
) {
  const next = createRandom(seed);
  const parts: string[] = [];
  for (let size = 0, index = 0; size < length; index++) {
    const text = `${line(index, next)}\n`;
    size += text.length;
    parts.push(text);
  }
  return Buffer.from(parts.join('')).subarray(0, length);
}

const WORDS =
  'order cart user session request database timeout retry shipped refused total of the for was not'.split(
    ' ',
  );

/** Lines of a server. */
export function log(length: number): Buffer {
  return lines(length, 1, (index, next) =>
    [
      new Date(Date.UTC(2026, 4, 1) + index * 137).toISOString(),
      ['INFO', 'WARN', 'ERROR', 'DEBUG'][next(4)],
      `[worker-${next(16)}]`,
      ...Array.from({ length: 4 + next(8) }, () => WORDS[next(WORDS.length)]),
      `id=${next(2 ** 31).toString(16)}`,
    ].join(' '),
  );
}

function json(length: number): Buffer {
  return lines(length, 2, (index, next) =>
    JSON.stringify({
      ...{
        id: index,
        name: `${WORDS[next(WORDS.length)]} ${WORDS[next(WORDS.length)]}`,
        price: next(100_000) / 100,
      },
      tags: Array.from({ length: next(4) }, () => WORDS[next(WORDS.length)]),
      position: { latitude: next(180_000) / 1000, longitude: next(360_000) / 1000 },
    }),
  );
}

function csv(length: number): Buffer {
  return lines(length, 3, (index, next) =>
    [index, WORDS[next(WORDS.length)], next(1000), next(1_000_000) / 1000, next(2) === 0].join(';'),
  );
}

function code(length: number): Buffer {
  return lines(length, 4, (index, next) => {
    const [a, b, c] = [0, 1, 2].map(() => WORDS[next(WORDS.length)] ?? '');
    return `  if (${a}.${b}(${next(100)}) === ${c}) return this.${b}${index}.map((${a}) => ${a}.${c});`;
  });
}

/** Texts with compressed images between them, as in a PDF. */
function pdf(length: number): Buffer {
  const parts: Buffer[] = [];
  for (let size = 0, index = 0; size < length; index++) {
    const part = Buffer.concat([
      Buffer.from(
        `${index} 0 obj << /Type /Page /Parent 1 0 R /Resources << /Font 3 0 R >> >> endobj\n`.repeat(90),
      ),
      noise(20_000 + (index % 7) * 9_000, `page ${index}`),
    ]);
    size += part.length;
    parts.push(part);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** A table, images, and a table again. */
function mixed(length: number, middle: number): Buffer {
  const images = Math.round(length * middle);
  const table = csv(Math.ceil((length - images) / 2));
  return Buffer.concat([table, noise(images), table]);
}

/** Files of many kinds, by name. */
export function corpus(length: number): ReadonlyMap<string, () => Buffer> {
  return new Map([
    ['server.log', () => log(length)],
    ['data.json', () => json(length)],
    ['table.csv', () => csv(length)],
    ['source.ts', () => code(length)],
    ['report.pdf', () => pdf(length)],
    ['photo.jpg', () => noise(length, 'photo')],
    ['zeros.bin', () => Buffer.alloc(length)],
    ['third.docx', () => mixed(length, 1 / 3)],
    ['half.docx', () => mixed(length, 1 / 2)],
    ['mostly.docx', () => mixed(length, 0.8)],
    ['log and images.tar', () => Buffer.concat([log(length / 2), noise(length / 2)])],
  ]);
}
