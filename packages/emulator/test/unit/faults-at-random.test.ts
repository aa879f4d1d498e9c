import { operations, type Operation, type Trouble } from '../../src/contract';
import { faults } from '../../src/rest/faults';
import { Troublemaker } from '../../src/rest/trouble';
import type { Emulator } from '../../src/running-emulator';
import { read, send, start, until } from './client';

/** Faults of a number of requests, one after another. */
function decisions(trouble: Trouble, about: readonly Operation[], count = 200): (string | undefined)[] {
  const troublemaker = new Troublemaker(trouble);
  return Array.from({ length: count }, () => troublemaker.next(about)?.name);
}

const seeds = [1, 2, 7, 99];

describe('Troublemaker', () => {
  test.each(seeds)('repeats its decisions for the same seed (%i), and not for another', (seed) => {
    const first = decisions({ rate: 0.4, seed }, ['simple']);
    expect(decisions({ rate: 0.4, seed }, ['simple'])).toEqual(first);
    expect(decisions({ rate: 0.4, seed: seed + 1 }, ['simple'])).not.toEqual(first);
  });

  test.each([
    [0, 0, 0],
    [0.2, 0.15, 0.25],
    [0.5, 0.45, 0.55],
    [1, 1, 1],
  ])('affects a share of %d', (rate, least, most) => {
    const hits = decisions({ rate, seed: 7 }, ['link'], 2000).filter((name) => name !== undefined).length;
    expect(hits / 2000).toBeGreaterThanOrEqual(least);
    expect(hits / 2000).toBeLessThanOrEqual(most);
  });

  test.each(operations)('chooses suitable, different faults for %s', (about) => {
    const names = new Set(decisions({ rate: 1, seed: 3 }, [about]));
    for (const name of names) {
      expect(faults.find((fault) => fault.name === name)!.operations).toContain(about);
    }
    expect(names.size).toBeGreaterThan(5);
  });

  test('chooses from the named faults, if one is suitable', () => {
    const trouble = { rate: 1, seed: 1, faults: ['chunk-corrupted', 'link-answer-lost'] };
    expect(new Set(decisions(trouble, ['first-chunk', 'last-chunk']))).toEqual(new Set(['chunk-corrupted']));
    expect(new Set(decisions(trouble, ['link']))).toEqual(new Set(['link-answer-lost']));
    expect(new Set(decisions(trouble, ['read']))).toEqual(new Set([undefined]));
  });

  test('decides about a request independently of the kinds of the previous ones', () => {
    const [one, other] = [1, 2].map(() => new Troublemaker({ rate: 0.3, seed: 5 })) as [
      Troublemaker,
      Troublemaker,
    ];
    for (let turn = 0; turn < 50; turn++) {
      one.next(['read']);
      other.next(['link']);
      expect(one.next(['simple'])?.name).toBe(other.next(['simple'])?.name);
    }
  });
});

describe('an emulator in trouble', () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await start()));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  const rates = { rate: 0.5, seed: 7, faults: ['status-500', 'status-503'] };

  async function statuses(count = 12): Promise<number[]> {
    const seen: number[] = [];
    for (let turn = 0; turn < count; turn++)
      seen.push((await send(emulator, '_apis/wit/workitems/7')).status);
    return seen;
  }

  test('logs its faults, and repeats them after the network was set again', async () => {
    emulator.setNetwork({ trouble: rates });
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 500, 503]));
    const told = emulator.requests.records.map(({ fault }) => fault ?? 'status-200');
    expect(told).toEqual(first.map((status) => `status-${status}`));
    emulator.setNetwork({ trouble: rates });
    expect(await statuses()).toEqual(first);
  });

  test('applies active faults as well', async () => {
    emulator.setNetwork({
      faults: [{ name: 'status-502', remaining: 1, at: 'read' }],
      trouble: { ...rates, rate: 1, faults: ['status-500'] },
    });
    expect(await statuses(3)).toEqual([502, 500, 500]);
  });

  test('spares only the requests of the host page', async () => {
    emulator.setNetwork({ trouble: { ...rates, rate: 1 } });
    const from = (origin: string) =>
      send(emulator, '_apis/wit/workitems/7', { headers: { Origin: origin } }).then(({ status }) => status);
    expect(await from(new URL(emulator.hostUrl).origin)).toBe(200);
    expect(await from(new URL(emulator.assetsBaseUrl).origin)).toBeGreaterThanOrEqual(500);
    expect(await from('null')).toBeGreaterThanOrEqual(500);
  });

  test('stops after a reset', async () => {
    emulator.setNetwork({ trouble: { ...rates, rate: 1 } });
    await emulator.reset();
    expect(emulator.network.trouble).toBeNull();
    expect(await statuses(2)).toEqual([200, 200]);
  });

  test('uses fresh connections if a fault may close them', async () => {
    const connection = async () => {
      const response = await fetch(`${emulator.restBaseUrl}_apis/wit/attachments`, {
        method: 'OPTIONS',
        headers: { 'Access-Control-Request-Method': 'POST' },
      });
      return response.headers.get('connection');
    };
    emulator.setNetwork({ trouble: { rate: 0.1, seed: 1 } });
    expect(await connection()).toBe('close');
    emulator.setNetwork({ trouble: rates });
    expect(await connection()).toBe('keep-alive');
  });

  test('ends stalled requests when trouble is switched off', async () => {
    emulator.setNetwork({ trouble: { rate: 1, seed: 1, faults: ['stalled'] } });
    const reading = read(emulator, 7);
    await until(() => emulator.requests.records.some(({ fault }) => fault === 'stalled'));
    emulator.setNetwork({ trouble: null });
    await expect(reading).rejects.toThrow('fetch failed');
  });

  test.each<[Partial<Trouble>, string]>([
    [{ rate: 1.2 }, 'rate'],
    [{ rate: NaN }, 'rate'],
    [{ seed: 0.5 }, 'seed'],
    [{ faults: ['no-such-fault'] }, 'no-such-fault'],
  ])('refuses %j and changes nothing', (part, says) => {
    const change = () => emulator.setNetwork({ latencyMs: 5, trouble: { ...rates, ...part } });
    expect(change).toThrow(RangeError);
    expect(change).toThrow(says);
    expect(emulator.network).toMatchObject({ latencyMs: 0, trouble: null });
  });
});
