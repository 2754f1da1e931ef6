import Basics
import Foundation

/// Rows of facts in flat memory, found by employee number or address.
///
/// In memory are some 40 bytes a row; the rows themselves wait in a file without a name as soon as there are many. Rows keep
/// the order in which they were added. A copy shares the file and never sees rows that the other adds.
struct FactsTable {
  /// Bytes that stay in memory before any goes to the file.
  private static let keep = 1 << 20

  private final class Shelf {
    var packer = FactsPacker()
    /// What is not in the file yet, and how much is.
    var tail: [UInt8] = []
    var filed = 0
    private var file: ScratchFile?
    private var hasNoFile = false
    var failure: FileError?

    var end: Int { filed + tail.count }

    // Room for the last row, too: growing would double it.
    init() { tail.reserveCapacity(FactsTable.keep + 1 << 16) }

    /// Without a file all stays in memory.
    func spill() {
      guard tail.count >= FactsTable.keep, !hasNoFile else { return }
      do throws(FileError) {
        if file == nil { file = try ScratchFile() }
        try file?.write(tail.span, at: filed)
        filed += tail.count
        tail.removeAll(keepingCapacity: true)
      } catch {
        hasNoFile = true
      }
    }

    /// - Returns: nil where the file cannot be read, which is kept as the failure.
    func bytes(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
      if offset >= filed { return tail[(offset - filed)..<(offset - filed + count)] }
      var bytes = [UInt8](repeating: 0, count: count)
      guard let file, file.read(into: &bytes, at: offset) == count else {
        failure = .cannotWrite(path: "a temporary file", errno: EIO)
        return nil
      }
      return bytes[...]
    }
  }

  private let shelf = Shelf()
  private var offsets: [Int] = []
  private var sizes: [UInt32] = []
  /// By the number without leading zeros.
  private var numbers = HashChains()
  private var emails = HashChains()

  var indices: Range<Int> { 0..<offsets.count }

  /// Why rows could not be read back: nothing that was made of them may be used.
  var failure: FileError? { shelf.failure }

  mutating func add(_ facts: Facts, region: Int) {
    var facts = facts
    facts.region = region
    offsets.append(0)
    sizes.append(0)
    put(facts, at: offsets.count - 1)
    numbers.append(facts.key.map { FactsTable.hash($0) })
    emails.append(facts.emailKey.map { $0.hashValue })
  }

  private mutating func put(_ facts: Facts, at index: Int) {
    offsets[index] = shelf.end
    shelf.packer.pack(facts, into: &shelf.tail)
    sizes[index] = UInt32(clamping: shelf.end - offsets[index])
    shelf.spill()
  }

  private static func hash(_ key: PeopleAssembly.Key) -> Int { key.withoutZeros.hashValue }

  private func bytes(_ index: Int) -> ArraySlice<UInt8>? { shelf.bytes(offsets[index], Int(sizes[index])) }

  func facts(_ index: Int) -> Facts {
    bytes(index).map { shelf.packer.unpack($0) } ?? Facts(sheet: 0, line: 0, row: 0, raw: [])
  }

  func identity(_ index: Int) -> FactsPacker.Identity? { bytes(index).map { shelf.packer.identity($0) } }

  /// The rows with that number in that region, in their order.
  func rows(of key: PeopleAssembly.Key) -> [Int] {
    numbers.rows(FactsTable.hash(key)).filter { identity($0)?.key == key }
  }

  func contains(_ key: PeopleAssembly.Key) -> Bool {
    numbers.contains(FactsTable.hash(key)) { identity($0)?.key == key }
  }

  /// The keys that are the same as that one but for leading zeros.
  func keysWithZeros(_ plain: PeopleAssembly.Key) -> Set<PeopleAssembly.Key> {
    Set(
      numbers.rows(FactsTable.hash(plain)).compactMap { identity($0)?.key }
        .filter { $0 != plain && $0.withoutZeros == plain })
  }

  /// The rows with that address, which is in small letters.
  func rows(email: String) -> [Int] {
    emails.rows(email.hashValue).filter { identity($0)?.email?.lowercased() == email }
  }

  /// Whether another row may have the number, or the address, of this one. O(1) expected.
  func mayShareNumber(_ index: Int) -> Bool { numbers.hasOthers(index) }
  func mayShareEmail(_ index: Int) -> Bool { emails.hasOthers(index) }

  /// Gives a row another number.
  mutating func renumber(_ index: Int, _ number: String) {
    var facts = facts(index)
    if let key = facts.key { numbers.remove(index, FactsTable.hash(key)) }
    facts.employeeNumber = number
    put(facts, at: index)
    if let key = facts.key { numbers.insert(index, FactsTable.hash(key)) }
  }
}

extension Facts {
  var key: PeopleAssembly.Key? {
    employeeNumber.map { PeopleAssembly.Key(region: region ?? 0, employeeNumber: $0) }
  }
}

/// Rows by the hash of a key that is not kept: whoever looks one up compares the keys.
struct HashChains {
  private static let none = UInt32.max
  private var heads: [UInt32] = []
  private var next: [UInt32] = []
  private var hashes: [UInt32] = []

  /// Adds the next row; without a key it is only counted.
  mutating func append(_ hash: Int?) {
    let index = next.count
    next.append(HashChains.none)
    hashes.append(0)
    if next.count > heads.count { grow() }
    if let hash { insert(index, hash) }
  }

  mutating func insert(_ index: Int, _ hash: Int) {
    // 0 stands for no key.
    hashes[index] = max(1, UInt32(truncatingIfNeeded: hash))
    link(index)
  }

  private mutating func link(_ index: Int) {
    let slot = Int(hashes[index]) & (heads.count - 1)
    next[index] = heads[slot]
    heads[slot] = UInt32(truncatingIfNeeded: index)
  }

  private mutating func grow() {
    heads = [UInt32](repeating: HashChains.none, count: max(64, heads.count * 2))
    for index in next.indices where hashes[index] != 0 { link(index) }
  }

  mutating func remove(_ index: Int, _ hash: Int) {
    let slot = Int(hashes[index]) & (heads.count - 1)
    var rows = chain(slot).filter { $0 != index }
    heads[slot] = HashChains.none
    rows.reverse()
    for row in rows { link(row) }
    hashes[index] = 0
  }

  private func chain(_ slot: Int) -> [Int] {
    var rows: [Int] = []
    var row = heads[slot]
    while row != HashChains.none {
      rows.append(Int(row))
      row = next[Int(row)]
    }
    return rows
  }

  /// The rows whose key may have that hash, in their order. O(1) expected.
  func rows(_ hash: Int) -> [Int] {
    if heads.isEmpty { return [] }
    let wanted = max(1, UInt32(truncatingIfNeeded: hash))
    var rows: [Int] = []
    var row = heads[Int(wanted) & (heads.count - 1)]
    while row != HashChains.none {
      if hashes[Int(row)] == wanted { rows.append(Int(row)) }
      row = next[Int(row)]
    }
    return rows.sorted()
  }

  /// Whether one of the rows whose key may have that hash is the one that is meant; the latest is asked first.
  func contains(_ hash: Int, where isMeant: (Int) -> Bool) -> Bool {
    if heads.isEmpty { return false }
    let wanted = max(1, UInt32(truncatingIfNeeded: hash))
    var row = heads[Int(wanted) & (heads.count - 1)]
    while row != HashChains.none {
      if hashes[Int(row)] == wanted, isMeant(Int(row)) { return true }
      row = next[Int(row)]
    }
    return false
  }

  func hasOthers(_ index: Int) -> Bool {
    let wanted = hashes[index]
    if wanted == 0 { return false }
    var row = heads[Int(wanted) & (heads.count - 1)]
    while row != HashChains.none {
      if Int(row) != index, hashes[Int(row)] == wanted { return true }
      row = next[Int(row)]
    }
    return false
  }
}
