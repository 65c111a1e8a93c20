/** What implements the published side effect that starts other workflows. The machine does that, so no handler is called so. */
export const gatewayHandler = "@workflow";
