/** What implements the published side effects that start other workflows. The machine does that, so no handler is called so. */
export const gatewayHandler = "@workflow";
