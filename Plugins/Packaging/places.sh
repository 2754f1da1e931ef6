# Sourced by install.sh and uninstall.sh, with $prefix: what is installed, and where its configuration is.
# shellcheck shell=bash disable=SC2034,SC2154
tools="tandem tandem-import tandem-match tandem-calendar tandem-schedule tandem-region tandem-find tandem-invite tandem-survey tandem-workshop tandem-store"
# The tools look there, too (Sources/Regions/Loading/ConfigurationFolder.swift).
case $prefix in
  /usr) configuration=/etc/tandem ;;
  *) configuration=$prefix/etc/tandem ;;
esac
