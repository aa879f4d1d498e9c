import * as React from 'react';

interface ViewerBoundaryProps {
  /** Shown in place of a viewer that has failed. */
  readonly otherwise: React.ReactNode;
  readonly children: React.ReactNode;
}

/** Keeps a file that its viewer did not expect from taking the whole page with it. */
export class ViewerBoundary extends React.Component<ViewerBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): React.ReactNode {
    return this.state.hasFailed ? this.props.otherwise : this.props.children;
  }
}
