import { judgeIssue } from "./judge/issue.ts";
import { points } from "./language/points.ts";

/** `npm run accept -- language [NUMBER …]` */
await judgeIssue("language", points);
