import { judgeIssue } from "./judge/issue.ts";
import { points } from "./spine/points.ts";

/** `npm run accept -- spine [NUMBER …]` */
await judgeIssue("spine", points);
