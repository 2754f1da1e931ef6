#ifndef TANDEM_BUILD_COMMIT_H
#define TANDEM_BUILD_COMMIT_H

/// The commit that the tools were built from, `, modified` behind it where the tree held more; "" without git.
const char *tandem_build_commit(void);

#endif
