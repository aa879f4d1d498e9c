import type { NetworkConditions, Scenario } from '../../src/contract';
import { undisturbed } from '../../src/rest/network';
import { networkFrom } from '../../src/rest/network-query';
import { scenarioNamed, scenarios } from '../../src/rest/scenarios';
import type { Emulator } from '../../src/running-emulator';
import { start } from './client';

function from(search: string): NetworkConditions | undefined {
  return networkFrom(new URLSearchParams(search));
}

describe('networkFrom', () => {
  test('returns undefined for an address without network conditions', () => {
    expect(from('?item=7&theme=dark')).toBeUndefined();
  });

  test('reads faults with an optional target and count', () => {
    expect(from('?faults=dropped-after@link*1,status-503@simple,throttled')).toEqual({
      ...undisturbed,
      faults: [
        { name: 'dropped-after', remaining: 1, at: 'link' },
        { name: 'status-503', remaining: null, at: 'simple' },
        { name: 'throttled', remaining: null },
      ],
    });
    expect(from('?faults=answer-lost*3')!.faults).toEqual([{ name: 'answer-lost', remaining: 3 }]);
  });

  test('reads random trouble', () => {
    expect(from('?trouble=0.2&seed=7')).toEqual({ ...undisturbed, trouble: { rate: 0.2, seed: 7 } });
    expect(from('?trouble=0.2')!.trouble).toEqual({ rate: 0.2, seed: 1 });
  });

  test('reads a scenario, overrides its trouble and adds faults', () => {
    const train = scenarioNamed('train');
    expect(from('?scenario=train')).toEqual(train);
    expect(from('?scenario=train&seed=9&faults=status-503*1')).toEqual({
      ...train,
      faults: [{ name: 'status-503', remaining: 1 }],
      trouble: { ...train.trouble, seed: 9 },
    });
    expect(from('?scenario=train&trouble=0.9')!.trouble).toEqual({ ...train.trouble, rate: 0.9 });
  });

  test.each([
    ['?scenario=plane', /"plane".*train, /],
    ['?faults=status-503@moon', /"moon".*simple, /],
    ['?faults=status-503,', /does not name a fault/],
    ['?faults=status-503*none', /does not name a fault/],
    ['?faults=status-503*0', /does not name a fault/],
  ])('refuses unknown values: %s', (search, says) => {
    expect(() => from(search)).toThrow(RangeError);
    expect(() => from(search)).toThrow(says);
  });
});

describe('an emulator', () => {
  let emulator: Emulator;
  beforeAll(async () => void (emulator = await start()));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  const put = (search: string) =>
    fetch(new URL(`control/network-of-address${search}`, emulator.hostUrl), { method: 'PUT' });

  test("applies the network conditions of the page's address", async () => {
    const response = await put('?item=7&scenario=proxy&faults=status-500@link*1');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(emulator.network);
    expect(emulator.network).toEqual({
      ...scenarioNamed('proxy'),
      faults: [{ name: 'status-500', remaining: 1, at: 'link' }],
    });
    expect((await put('?item=8')).status).toBe(200);
    expect(emulator.network.faults).toHaveLength(1);
  });

  test.each([
    '?scenario=plane',
    '?faults=no-such-fault',
    '?faults=chunk-corrupted@link',
    '?trouble=often',
    '?seed=x',
  ])('reports the error in %s and changes nothing', async (search) => {
    const response = await put(search);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toMatch(
      /plane|no-such-fault|link|rate|seed/,
    );
    expect(emulator.network).toEqual(undisturbed);
  });

  test('lists its scenarios, all with existing faults', async () => {
    const listed = (await (await fetch(new URL('control/scenarios', emulator.hostUrl))).json()) as Scenario[];
    expect(listed).toEqual(scenarios);
    expect(listed.length).toBeGreaterThan(3);
    for (const { conditions } of listed) {
      emulator.setNetwork(conditions);
      expect(emulator.network).toEqual(conditions);
    }
  });
});
