#include "build_commit.h"

// Swift's -D carries no value, and a commit in the Swift settings would compile everything anew with every commit: here
// this one file is, and the tools are linked again.
const char *tandem_build_commit(void) { return TANDEM_COMMIT; }
