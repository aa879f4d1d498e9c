import type { Host } from '../host/host';
import { HOST_TIMEOUT_MS } from '../host/time-out';
import { loadLanguage } from '../i18n/load-language';

/** What the browser's language needs to be there by then, in milliseconds. */
const HEAD_START_MS = 3_000;

/**
 * The same host, which is connected once its person's language is known: no work item is shown in one language first
 * and in another then. What the form tells in the meantime comes after that, in its order. Of a host that says nothing for
 * long, that is said in the browser's language.
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
