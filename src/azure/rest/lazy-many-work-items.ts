import { loadModule } from '../../base/load-module';
import type { Connection } from './connection';
import type { ManyWorkItems } from './many-work-items';

/** Creates the access to many work items. Its code is loaded with the first request: a form rarely needs it. */
export function createLazyManyWorkItems(connection: Connection): ManyWorkItems {
  let loading: Promise<ManyWorkItems> | undefined;

  function load(): Promise<ManyWorkItems> {
    loading ??= loadModule(() => import(/* webpackChunkName: "many-work-items" */ './many-work-items')).then(
      ({ createManyWorkItems }) => createManyWorkItems(connection),
    );
    loading.catch(() => (loading = undefined));
    return loading;
  }

  return {
    readMany: async (...order) => (await load()).readMany(...order),
    updateMany: async (...order) => (await load()).updateMany(...order),
  };
}
