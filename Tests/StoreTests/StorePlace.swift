import Foundation
import TestSupport

@testable import Store

/// Where a test keeps its store: a file in a folder, or a database of the shared server.
struct StorePlace: Sendable {
  private enum Place {
    case folder(WorkFolder)
    case server(PostgresServer, database: String)
  }

  private let place: Place

  init(_ dialect: Dialect) throws {
    switch dialect {
    case .sqlite: place = .folder(try WorkFolder())
    case .postgresql:
      let server = try PostgresServer.shared()
      place = .server(server, database: try server.makeDatabase())
    }
  }

  /// An empty store.
  func create(patience: Double = 20) throws -> any Store.Database {
    try open(creates: true, patience: patience)
  }

  func open(patience: Double = 20) throws -> any Store.Database {
    try open(creates: false, patience: patience)
  }

  /// A store with the tables of the present version.
  func make() throws -> any Store.Database {
    let database = try create()
    try database.write { session in
      for version in 1...Schema.version {
        for step in Schema.steps(to: version, session.dialect) { try session.run(step) }
      }
      if session.dialect == .sqlite { try session.run("PRAGMA application_id = \(Schema.applicationID)") }
    }
    return database
  }

  private func open(creates: Bool, patience: Double) throws -> any Store.Database {
    switch place {
    case .folder(let folder):
      try SQLiteDatabase(folder.path + "/programme.sqlite", creates: creates, patience: patience)
    case .server(let server, let database):
      try PostgresDatabase(server.address(database, "programme=autumn"), creates: creates, patience: patience)
    }
  }
}
