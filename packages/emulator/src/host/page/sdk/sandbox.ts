/** Attribute set by a server on premises on frames from its own origin. */
export const serverSandbox =
  'allow-forms allow-modals allow-pointer-lock allow-popups allow-scripts allow-top-navigation';
