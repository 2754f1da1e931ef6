import Basics

/// Which database keeps a programme.
package enum StoreAddress {
  /// The file of the folder, or the server that its settings name.
  package static func database(of folder: ProgrammeFolder) throws -> any Database {
    guard let server = folder.settings.server else { return try SQLiteDatabase(folder.storePath) }
    return try database(at: server)
  }

  /// A server's database.
  package static func database(at server: String) throws -> any Database { try PostgresDatabase(server) }

  /// Makes the store of a new programme. What a killed run left, a store without revisions, is taken over. A programme that a
  /// server has already is joined.
  ///
  /// - Returns: how many revisions it has.
  package static func create(for folder: ProgrammeFolder) throws -> Int {
    if let server = folder.settings.server {
      return try RecordStore.opened(in: PostgresDatabase(server, creates: true)).head()
    }
    let isThere = try FileKind.at(folder.storePath) != nil
    let store = try RecordStore.opened(in: SQLiteDatabase(folder.storePath, creates: !isThere))
    guard try store.head() == 0 else {
      throw StoreError.notAStore(
        "\(folder.storePath) has revisions already; was programme.json deleted? Restore it")
    }
    return 0
  }
}
