/// The parameters of a statement in PostgreSQL's binary format: a text goes as it is, whatever is in it.
struct PostgresParameters {
  /// One byte at least, so that an empty text has an address.
  private(set) var bytes: [UInt8] = [0]
  /// Where each parameter is in `bytes`; nil: null.
  private(set) var places: [Range<Int>?] = []
  /// 0: the server infers the type.
  private(set) var types: [UInt32] = []

  /// The longest value that PostgreSQL keeps, in bytes.
  static let longest = (1 << 30) - 1

  /// The server's numbers of its types: `pg_type.oid`.
  private enum TypeNumber {
    static let integer: UInt32 = 20
    static let text: UInt32 = 25
    static let integers: UInt32 = 1016
    static let texts: UInt32 = 1009
  }

  init(_ values: [SQLValue]) throws(StoreError) {
    for value in values {
      switch value {
      case .null: add(type: 0) { _ in false }
      case .integer(let number):
        add(type: TypeNumber.integer) {
          $0.append(bigEndian: Int64(number))
          return true
        }
      case .text(let text):
        add(type: TypeNumber.text) {
          $0 += text.utf8
          return true
        }
      }
    }
    guard bytes.count <= PostgresParameters.longest else { throw PostgresParameters.tooLong }
  }

  /// Each column of the rows as one array.
  init(_ columns: [SQLColumn], _ rows: ArraySlice<[SQLValue]>) throws(StoreError) {
    for row in rows where row.count != columns.count {
      throw .refused("a row has \(row.count) values for \(columns.count) columns")
    }
    for (place, column) in columns.enumerated() {
      let isText = column.kind == .text
      var isWrong = false
      add(type: isText ? TypeNumber.texts : TypeNumber.integers) { bytes in
        bytes.append(bigEndian: Int32(rows.isEmpty ? 0 : 1))  // Dimensions.
        bytes.append(bigEndian: Int32(1))  // There may be nulls.
        bytes.append(bigEndian: Int32(isText ? TypeNumber.text : TypeNumber.integer))
        if !rows.isEmpty {
          bytes.append(bigEndian: Int32(rows.count))
          bytes.append(bigEndian: Int32(1))  // The first index.
        }
        for row in rows {
          switch (row[place], column.kind) {
          case (.null, _): bytes.append(bigEndian: Int32(-1))
          case (.integer(let number), .integer):
            bytes.append(bigEndian: Int32(8))
            bytes.append(bigEndian: Int64(number))
          case (.text(let text), .text):
            bytes.append(bigEndian: Int32(clamping: text.utf8.count))
            bytes += text.utf8
          default: isWrong = true
          }
        }
        return true
      }
      guard !isWrong else { throw .refused("a value of column \(column.name) is not of its kind") }
      guard bytes.count <= PostgresParameters.longest else { throw PostgresParameters.tooLong }
    }
  }

  private static let tooLong = StoreError.refused("a value is longer than a gigabyte")

  /// - Parameter write: appends the value; false: it is null.
  private mutating func add(type: UInt32, _ write: (inout [UInt8]) -> Bool) {
    let start = bytes.count
    places.append(write(&bytes) ? start..<bytes.count : nil)
    types.append(type)
  }
}

extension Array where Element == UInt8 {
  fileprivate mutating func append(bigEndian number: some FixedWidthInteger) {
    for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
