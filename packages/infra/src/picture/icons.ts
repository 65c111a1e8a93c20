import type { NodeKind, PictureState } from "@omnibase/core";

/** What a box is, in 16 by 16. */
export const icons: { readonly [Kind in Exclude<NodeKind, "start" | "way" | "reference">]: string } = {
  admit: "M2.5 8H10M7 5l3 3-3 3M13 3v10",
  transform: "M11 3.2c-2.1-.5-2.8.7-3.1 2.5L6.9 11.2c-.3 1.7-1 2.3-2.6 1.8M5.2 6.8h5.2",
  operate:
    "M3.5 4.5c0-1 2-1.8 4.5-1.8s4.5.8 4.5 1.8-2 1.8-4.5 1.8-4.5-.8-4.5-1.8zM3.5 4.5v7c0 1 2 1.8 4.5 1.8s4.5-.8 4.5-1.8v-7M3.5 8c0 1 2 1.8 4.5 1.8s4.5-.8 4.5-1.8",
  effect: "M9 2.5 4 9h3.5L7 13.5 12 7H8.5z",
  wait: "M8 2.8a5.2 5.2 0 1 0 0 10.4a5.2 5.2 0 1 0 0-10.4M8 5.2V8l2 1.5",
  task: "M8 2.8a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8M3.2 13.2c.4-2.6 2.3-4 4.8-4s4.4 1.4 4.8 4",
  child: "M2.8 2.8h7v7h-7zM6.2 12.2v1h7v-7h-1",
  map: "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z",
  loop: "M12.6 6.3A5 5 0 1 0 13 9M13 3.3v3h-3",
  exit: "M4 13.5V3h7.5L9.8 5.7l1.7 2.8H4",
  contract: "M8 2.8l5.5 2.8L8 8.4 2.5 5.6zM2.5 8.2 8 11l5.5-2.8M2.5 10.8l5.5 2.8 5.5-2.8",
};

/** What happened, around a middle; so that no state is told by its colour alone. */
export const marks: { readonly [State in Exclude<PictureState, "idle">]: string } = {
  taken: "M-3.2.2l2.3 2.3L3.4-2.4",
  refused: "M-3.2 0h6.4",
  failed: "M-2.6-2.6l5.2 5.2M2.6-2.6l-5.2 5.2",
  waiting: "M0-3V0l2.2 1.5",
  here: "M-1.5-2.8L2.5 0l-4 2.8z",
  "called-off": "M2.6-2.6l-5.2 5.2",
};
