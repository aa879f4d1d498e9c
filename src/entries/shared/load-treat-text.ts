import { loadModule } from '../../base/load-module';
import { browserRuntime } from '../../base/runtime';
import type { TreatText } from '../../upload/checks/judge-file';

/** Loads the search for secrets in workers. */
export async function loadTreatText(): Promise<TreatText> {
  const { createTreatText } = await loadModule(
    () => import(/* webpackChunkName: "treat-text" */ './treat-text'),
  );
  return createTreatText(browserRuntime);
}
