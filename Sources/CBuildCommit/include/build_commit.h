#ifndef TANDEM_BUILD_COMMIT_H
#define TANDEM_BUILD_COMMIT_H

/// The commit that `make` built from, `, modified` behind it where the tree held more; else why there is none.
const char *tandem_build_commit(void);

#endif
