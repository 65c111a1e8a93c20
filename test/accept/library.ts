import { judgeIssue } from "./judge/issue.ts";
import { points } from "./library/points.ts";

/** `npm run accept -- library [NUMBER …]` */
await judgeIssue("library", points);
