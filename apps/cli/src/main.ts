import { processIo } from "./edge/io.ts";
import { perform } from "./program/perform.ts";

// Nothing that this process makes is for others to change, whatever the shell says.
process.umask(process.umask() | 0o022);
process.exitCode = await perform(process.argv.slice(2), processIo());
