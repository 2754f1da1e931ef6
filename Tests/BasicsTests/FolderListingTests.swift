import Foundation
import Testing

@testable import Basics

@Suite struct FolderListingTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "listing-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/b/c", withIntermediateDirectories: true)
  }

  private func write(_ name: String) throws {
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  @Test func namesAreSortedByBytesAndHiddenOnesAreAmongThem() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["ä", "a", "B", ".h"] { try write(name) }
    #expect(try FolderListing.names(in: folder) == [".h", "B", "a", "b", "ä"])
  }

  @Test func whatCannotBeListedIsAnErrorWithItsReason() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("file")
    symlink("loop", folder + "/loop")
    #expect(throws: InputError.cannotOpen(path: folder + "/file", errno: ENOTDIR)) {
      try FolderListing.names(in: folder + "/file")
    }
    #expect(throws: InputError.cannotOpen(path: folder + "/loop", errno: ELOOP)) {
      try FolderListing.namesIfPresent(in: folder + "/loop")
    }
    #expect(throws: InputError.cannotOpen(path: folder + "/none", errno: ENOENT)) {
      try FolderListing.names(in: folder + "/none")
    }
    #expect(try FolderListing.namesIfPresent(in: folder + "/none") == [])
    #expect(throws: InputError.cannotOpen(path: folder + "/none", errno: ENOENT)) {
      try FolderTree(folder + "/none")
    }
  }

  @Test func aTreeNamesEverythingBelowAndFollowsNoLinkToAFolder() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["z", "b/y", "b/c/x"] { try write(name) }
    mkfifo(folder + "/b/pipe", 0o600)
    symlink("..", folder + "/b/up")
    symlink("nowhere", folder + "/b/dead")
    symlink("../z", folder + "/b/link")
    let tree = try FolderTree(folder)
    #expect(tree.folders == [folder, folder + "/b", folder + "/b/c"])
    #expect(
      tree.entries == [
        FolderTree.Entry(path: folder + "/b/c/x", kind: .file, isLink: false),
        FolderTree.Entry(path: folder + "/b/dead", kind: nil, isLink: true),
        FolderTree.Entry(path: folder + "/b/link", kind: .file, isLink: true),
        FolderTree.Entry(path: folder + "/b/pipe", kind: .pipe, isLink: false),
        FolderTree.Entry(path: folder + "/b/up", kind: .folder, isLink: true),
        FolderTree.Entry(path: folder + "/b/y", kind: .file, isLink: false),
        FolderTree.Entry(path: folder + "/z", kind: .file, isLink: false),
      ])
    #expect(tree.unreadable == [])
  }
}
