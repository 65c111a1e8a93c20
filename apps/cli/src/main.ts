process.stdout.write("omnibase 0.1.0\n");
