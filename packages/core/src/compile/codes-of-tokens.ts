/** What may be wrong with several things at once, with other workflows, and with undoing what was done. */
export const tokenCodes = {
  TOKENS_MEET: {
    says: "A second token can come to a node that does not wait for it.",
    hint: "let the node say `join: all`, or keep the ways apart",
  },
  EXIT_BESIDE_TOKEN: {
    says: "An exit can be reached while another token is still under way, and nothing would ever come of that.",
    hint: "let the ways meet at a node with `join: all` before the exit, or at the exit itself",
  },
  JOIN_WITHOUT_FORK: {
    says: "A node waits for several tokens, and no two can come.",
    hint: "take `join: all` out, or let an outcome lead to several nodes",
  },
  ARTIFACT_RECURSION: {
    says: "A workflow starts itself, by way of others or at once.",
    hint: "take one of the CHILD nodes out; what is done again and again is a LOOP",
  },
  WORKFLOW_NOT_NAMED: {
    says: "A published step starts workflows that only its data name. What a snapshot can start is known before it runs.",
    hint: "write workflow_code, item_wf, item_sub_sequence or workflows out, in the contract or at its node",
  },
  SIGNAL_FIELDS_DIFFER: {
    says: "Two waits for one signal declare different fields, and a signal may come before either is reached.",
    hint: "declare the same fields, or wait for signals of different names",
  },
  COMPENSATION_NEVER: {
    says: "What is to be undone, or what undoes it, never succeeds.",
    hint: "compensate an operation that answers SUCCESS by one that does",
  },
  COMPENSATION_UNSAID: {
    says: "A rejected exit lies behind something that can be undone, and does not say whether it is.",
    hint: "add `compensate: true`, or `false` where what was done shall stay",
  },
  COMPENSATION_NOT_ASKED: {
    says: "An exit says whether it undoes, and nothing asks: it is not rejected, or nothing that can be undone lies before it.",
    hint: "take `compensate` out; a failed exit always undoes what can be undone, a completed one never does",
  },
} as const;
