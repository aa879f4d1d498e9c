/** Value of the `sandbox` attribute that Azure DevOps Server sets on frames from its own origin. */
export const serverSandbox =
  'allow-forms allow-modals allow-pointer-lock allow-popups allow-scripts allow-top-navigation';
