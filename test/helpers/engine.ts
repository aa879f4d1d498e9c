import { join } from 'node:path';
import { startEmulator, type Emulator } from 'azure-devops-emulator';
import type { Runtime } from '../../src/base/runtime';
import { createNodeRuntime } from '../../src/base/node-runtime';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/engine/engine';
import type { Network } from '../../src/engine/network';
import { createNetwork } from '../../src/engine/network';
import { createTemporaryFolder } from './temporary-folder';

/** Starts an emulator, and engines that use it, for the tests of a file. */
export function createEngineStage() {
  const folder = createTemporaryFolder();
  const networks: Network[] = [];
  let emulator: Emulator;
  let clear: (() => void)[] = [];
  /** Retries without a delay. Timers of a killed process end with the test. */
  const runtime: Runtime = {
    ...createNodeRuntime(),
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, delayMs >= 30_000 ? delayMs : 0);
      clear.push(() => clearTimeout(timer));
      return () => clearTimeout(timer);
    },
  };

  beforeAll(async () => {
    emulator = await startEmulator({ extensionFolder: join(__dirname, '../..') });
  });
  beforeEach(() => emulator.reset());
  afterEach(async () => {
    for (const each of clear.splice(0)) each();
    clear = [];
    await Promise.all(networks.splice(0).map(({ close }) => close()));
  });
  afterAll(() => emulator.close());

  return {
    folder,
    emulator: () => emulator,
    runtime,

    /** Opens an engine, as a process of its own does. */
    open: async (): Promise<Engine> => {
      const network = createNetwork({ organization: emulator.restBaseUrl, allowHttp: true, runtime });
      networks.push(network);
      return openEngine({
        organization: emulator.restBaseUrl,
        getCredential: () => Promise.resolve({ scheme: 'bearer', token: emulator.issueToken() }),
        stack: network.stack,
        runtime,
        stateFolder: join(folder, 'state'),
      });
    },
  };
}
