import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';

/** Request for the dialog to link a file. */
export interface LinkRequest {
  /** Name of a file that is linked instead of attached. */
  readonly replacedName?: string;
  /** Called once the link is added. */
  readonly onLinked?: () => void;
}

const requests = createStateStore<{ readonly request?: LinkRequest }>({});

/** The open request of this page. */
export const linkRequest: ReadonlyStore<{ readonly request?: LinkRequest }> = requests;

/** Opens the dialog to link a file to the work item in the form. */
export function askForLink(request: LinkRequest = {}): void {
  requests.setState({ request });
}

/** Closes the dialog. */
export function endLinkRequest(): void {
  requests.setState({});
}
