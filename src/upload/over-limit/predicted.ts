/** Expected result, or the reason why there is none. */
export type Predicted<P, R> =
  | { readonly kind: 'predicted'; readonly prediction: P }
  | { readonly kind: 'unavailable'; readonly reason: R };
