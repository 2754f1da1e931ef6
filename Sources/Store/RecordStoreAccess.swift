/// Who may see what, where a server keeps the records.
extension RecordStore {
  /// Gives a role these regions; nil: numbers alone.
  ///
  /// - Throws: `StoreError.refused`, also where a file keeps the records.
  package func grant(_ role: String, regions: Set<String>?) throws {
    try server.write { session in
      if let regions {
        try AccessRules.grant(role, regions: regions, in: session)
      } else {
        try AccessRules.grantHeadquarters(role, in: session)
      }
    }
  }

  /// Takes all access from a role.
  package func revoke(_ role: String) throws { try server.write { try AccessRules.revoke(role, in: $0) } }

  /// Who has access, by role.
  package func access() throws -> [RoleAccess] { try server.read { try AccessRules.list(in: $0) } }

  /// Numbers by region, kind and status: all that headquarters may ask for.
  package static func regionCounts(in database: any Database) throws -> [RegionCount] {
    guard database.dialect == .postgresql else { throw fileHasNoRoles }
    return try database.read { try AccessRules.counts(in: $0) }
  }

  private static let fileHasNoRoles = StoreError.refused(
    "a file keeps this programme: who may open it has all of it; `tandem init --store postgresql://…` makes one on a server"
  )

  private var server: any Database {
    get throws {
      guard database.dialect == .postgresql else { throw RecordStore.fileHasNoRoles }
      return database
    }
  }
}
