import type { Profile } from './cpu-profile';

/** DevTools commands of the benchmark. None is in the Network domain: see README. */
export interface Commands {
  'Browser.getVersion': { params: object; result: { product: string } };
  'Browser.close': { params: object; result: object };
  'SystemInfo.getProcessInfo': {
    params: object;
    result: { processInfo: readonly { type: string; id: number; cpuTime: number }[] };
  };
  'Target.createTarget': { params: { url: string }; result: { targetId: string } };
  'Target.attachToTarget': { params: { targetId: string; flatten: true }; result: { sessionId: string } };
  'Page.enable': { params: object; result: object };
  'Page.navigate': { params: { url: string }; result: { errorText?: string } };
  'Runtime.evaluate': {
    params: { expression: string; awaitPromise?: boolean; returnByValue?: boolean };
    result: {
      result: { value?: unknown; objectId?: string };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    };
  };
  'Runtime.getHeapUsage': { params: object; result: { usedSize: number; backingStorageSize?: number } };
  'DOM.setFileInputFiles': { params: { objectId: string; files: readonly string[] }; result: object };
  'Profiler.enable': { params: object; result: object };
  'Profiler.start': { params: object; result: object };
  'Profiler.stop': { params: object; result: { profile: Profile } };
}

/** A command's name. */
export type Method = keyof Commands;
