// Built only with TANDEM_CHECK_REGIONS=1: its build-tool plugin checks Config/ and fails the build where it is wrong.
// Nothing depends on it, since a build-tool plugin compiles its tool, and all that the tool needs, a second time.
