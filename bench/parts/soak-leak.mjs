// A planted fault: a process that keeps what nobody needs. 20 KiB every 100 ms are 12 MiB a minute.
const kept = [];
setInterval(() => kept.push(Buffer.alloc(20_480, kept.length)), 100).unref();
