/** Set by `startWorker`: the worker has no address of its own to find further chunks. */
const { staplerFolder } = self as unknown as { staplerFolder: string };
__webpack_public_path__ = staplerFolder;

// A failure must end up as an error of the worker, for the page to learn about it.
import(/* webpackChunkName: "pdf-start" */ './register-parser').catch((error: unknown) =>
  self.reportError(error),
);
