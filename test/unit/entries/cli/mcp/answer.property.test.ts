import fc from 'fast-check';
import type { Json } from '../../../../../src/entries/cli/mcp/answer';
import {
  answerOf,
  countThatFits,
  MAX_ANSWER_BYTES,
  shortenMiddle,
} from '../../../../../src/entries/cli/mcp/answer';

/** Size of an answer as a line of the protocol. */
function lineBytes(result: unknown): number {
  return Buffer.byteLength(`${JSON.stringify({ jsonrpc: '2.0', id: 2 ** 31, result })}\n`);
}

const text = fc.string({ unit: 'binary', maxLength: 3_000 });
const worst = fc.constantFrom(
  '"\\'.repeat(2_000),
  '\u0001'.repeat(3_000),
  '😀'.repeat(3_000),
  '\ud800'.repeat(3_000),
);
const anyText = fc.oneof(text, worst);

describe('answerOf', () => {
  it('never exceeds the limit, whatever the texts are', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.record({ path: anyText, name: anyText, bytes: fc.nat() })),
        fc.boolean(),
        (value, isError) => {
          expect(lineBytes(answerOf(value as Json, isError))).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
        },
      ),
    );
  });

  it('keeps a short value as it is', () => {
    expect(answerOf({ path: '/a/“b”.png', bytes: 3, sha256: undefined })).toEqual({
      content: [{ type: 'text', text: '{"path":"/a/“b”.png","bytes":3}' }],
    });
    expect(answerOf('No.', true)).toEqual({ content: [{ type: 'text', text: 'No.' }], isError: true });
  });
});

describe('countThatFits', () => {
  it('counts as many items as fit, and no more', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 30 }), (items) => {
        const build = (count: number): Json => ({ items: items.slice(0, count) });
        const count = countThatFits(items.length, build);
        expect(lineBytes(answerOf(build(count)))).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
        expect((JSON.parse(answerOf(build(count)).content[0]!.text) as { items: string[] }).items).toEqual(
          items.slice(0, count),
        );
        if (count < items.length)
          expect(lineBytes({ content: [{ text: JSON.stringify(build(count + 1)) }] })).toBeGreaterThan(
            MAX_ANSWER_BYTES - 150,
          );
      }),
    );
  });
});

describe('shortenMiddle', () => {
  it('keeps both ends of a text within the limit of bytes, without half characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 3, max: 100 }),
        (name, max) => {
          const short = shortenMiddle(name, max);
          expect(Buffer.byteLength(short)).toBeLessThanOrEqual(max);
          if (short === name) return;
          const [start = '', end = ''] = short.split('…', 2);
          expect(short).not.toMatch(/\p{Surrogate}/u);
          if (!name.includes('…')) expect([name.startsWith(start), name.endsWith(end)]).toEqual([true, true]);
        },
      ),
    );
  });

  it('keeps the extension of a name', () => {
    expect(shortenMiddle(`${'screenshot '.repeat(20)}final.png`, 40)).toBe(
      'screenshot screensh…reenshot final.png',
    );
  });
});
