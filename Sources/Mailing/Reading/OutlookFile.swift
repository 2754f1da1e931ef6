/// Outlook's .msg (MS-OXMSG): a compound file with a storage for each message, recipient and attachment.
struct OutlookFile {
  private let file: CompoundFile
  /// What the numbers from 0x8000 on mean in this file.
  private var names: [Int: MAPIProperties.Key] = [:]

  /// nil for what is no .msg, or a damaged one.
  static func read(_ bytes: [UInt8]) -> MAPIMessage? {
    guard let file = CompoundFile(bytes), let root = file.root else { return nil }
    let children = file.children(of: root)
    guard children["__properties_version1.0"] != nil else { return nil }
    var reader = OutlookFile(file: file)
    if let names = children["__nameid_version1.0"] { reader.readNames(names) }
    return reader.message(in: root, header: 32, depth: 0)
  }

  private init(file: CompoundFile) { self.file = file }

  private mutating func readNames(_ storage: CompoundFile.Entry) {
    let streams = file.children(of: storage)
    func stream(_ name: String) -> [UInt8] { streams[name].flatMap { file.contents(of: $0) } ?? [] }
    let sets = stream("__substg1.0_00020102")
    let entries = stream("__substg1.0_00030102")
    for at in stride(from: 0, to: entries.count - 7, by: 8) {
      let kind = entries.number(at: at + 4, 2)
      let set = (kind >> 1) - 3
      // Names that are texts are of no use here; 1 and 2 are sets of such names.
      guard kind & 1 == 0, set >= 0, (set + 1) * 16 <= sets.count else { continue }
      names[0x8000 + entries.number(at: at + 6, 2)] = MAPIProperties.key(
        sets[(set * 16)..<(set * 16 + 16)], entries.number(at: at, 4))
    }
  }

  private func message(in storage: CompoundFile.Entry, header: Int, depth: Int) -> MAPIMessage {
    var message = MAPIMessage()
    let children = file.children(of: storage)
    message.properties = properties(children, header: header)
    for (name, child) in children.sorted(by: { $0.key < $1.key }) where !child.isStream {
      if name.hasPrefix("__recip_version1.0_") {
        message.recipients.append(properties(file.children(of: child), header: 8))
      } else if name.hasPrefix("__attach_version1.0_") {
        message.attachments.append(attachment(child, depth: depth))
      }
    }
    return message
  }

  private func attachment(_ storage: CompoundFile.Entry, depth: Int) -> MAPIMessage.Attachment {
    let children = file.children(of: storage)
    var attachment = MAPIMessage.Attachment(properties: properties(children, header: 8))
    attachment.bytes = attachment.properties.bytes(.tag(0x3701)) ?? []
    if let inner = children["__substg1.0_3701000d"], !inner.isStream, depth < MAPIMessage.greatestDepth {
      attachment.message = [message(in: inner, header: 24, depth: depth + 1)]
    }
    return attachment
  }

  private func properties(_ children: [String: CompoundFile.Entry], header: Int) -> MAPIProperties {
    var properties = MAPIProperties()
    if let stream = children["__properties_version1.0"], let bytes = file.contents(of: stream) {
      for at in stride(from: header, to: bytes.count - 15, by: 16) {
        if let key = key(bytes.number(at: at + 2, 2)) {
          properties.set(key, type: bytes.number(at: at, 2), Array(bytes[(at + 8)..<(at + 16)]))
        }
      }
    }
    // The longer ones have a stream each, `__substg1.0_` and the digits of number and type.
    for (name, child) in children where child.isStream && name.hasPrefix("__substg1.0_") {
      guard let number = Int(name.dropFirst(12), radix: 16), name.count == 20, let key = key(number >> 16),
        let bytes = file.contents(of: child)
      else { continue }
      properties.set(key, type: number & 0xFFFF, bytes)
    }
    return properties
  }

  private func key(_ number: Int) -> MAPIProperties.Key? {
    number < 0x8000 ? .tag(number) : names[number]
  }
}
