import type { Host } from '../../azure/host/host';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { loadLanguage } from '../../base/i18n/load-language';

/** Time to load the browser's language before the host counts as silent, in milliseconds. */
const HEAD_START_MS = 3_000;

/**
 * Wraps `host`: `connect` loads the user's language before any form event is delivered, so no work item appears in
 * one language first and in another afterwards. Events keep their order. If the host stays silent, the browser's
 * language is loaded for the error message.
 */
export function inOwnLanguage<H extends Pick<Host, 'connect' | 'getCulture'>>(host: H): H {
  return {
    ...host,
    async connect(onFormEvent) {
      let ready: () => void = () => undefined;
      const isReady = new Promise<void>((resolve) => (ready = resolve));
      const silence = setTimeout(() => void loadLanguage(undefined), HOST_TIMEOUT_MS - HEAD_START_MS);
      await host.connect((event) => void isReady.then(() => onFormEvent(event)));
      clearTimeout(silence);
      await loadLanguage(host.getCulture());
      ready();
    },
  };
}
