import Basics

/// Which database keeps a programme.
package enum StoreAddress {
  /// The file of the folder, or the server that its settings name.
  package static func database(of folder: ProgrammeFolder) throws -> any Database {
    guard let server = folder.settings.server else { return try SQLiteDatabase(folder.storePath) }
    throw StoreError.cannotOpen("\(server): no server yet")
  }

  /// Makes the store of a new programme. What a killed run left, a store without revisions, is taken over.
  package static func create(for folder: ProgrammeFolder) throws {
    guard folder.settings.server == nil else {
      _ = try RecordStore.opened(in: database(of: folder))
      return
    }
    let isThere = try FileKind.at(folder.storePath) != nil
    let store = try RecordStore.opened(in: SQLiteDatabase(folder.storePath, creates: !isThere))
    guard try store.head() == 0 else {
      throw StoreError.notAStore(
        "\(folder.storePath) has revisions already; was programme.json deleted? Restore it")
    }
  }
}
